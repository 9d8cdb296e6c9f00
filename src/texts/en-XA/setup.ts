// The pseudo-language of this part.
import { pseudoDictionary } from '../pseudo'
import dictionary from '../de/setup'

export default pseudoDictionary(dictionary)
