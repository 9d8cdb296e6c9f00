// The pseudo-language of this part.
import { pseudoDictionary } from '../pseudo'
import dictionary from '../de/health'

export default pseudoDictionary(dictionary)
