// The pseudo-language of this part.
import { pseudoDictionary } from '../pseudo'
import dictionary from '../de/setup.json'

export default pseudoDictionary(dictionary)
