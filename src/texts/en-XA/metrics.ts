// The pseudo-language of this part.
import { pseudoDictionary } from '../pseudo'
import dictionary from '../de/metrics'

export default pseudoDictionary(dictionary)
