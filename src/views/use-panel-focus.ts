// Whether the panel has the focus, for the screen to show: its keys act only then.
import { onScopeDispose, ref, type Ref } from 'vue'

export function usePanelFocus(): Readonly<Ref<boolean>> {
  const focused = ref(document.hasFocus())
  const onFocus = () => (focused.value = true)
  const onBlur = () => (focused.value = document.hasFocus())
  window.addEventListener('focus', onFocus)
  window.addEventListener('blur', onBlur)
  onScopeDispose(() => {
    window.removeEventListener('focus', onFocus)
    window.removeEventListener('blur', onBlur)
  })
  return focused
}
