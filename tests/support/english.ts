// Each file begins and ends in English: the language is the one value of `core` that is set from outside, and unit tests share it.
import { afterAll } from 'vitest'
import { speak } from '../../src/core/text'

speak('en')
afterAll(() => speak('en'))
