// The pseudo-language of this part.
import { pseudoDictionary } from '../pseudo'
import dictionary from '../de/panel.json'

export default pseudoDictionary(dictionary)
