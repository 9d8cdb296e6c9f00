// The pseudo-language of this part.
import { pseudoDictionary } from '../pseudo'
import dictionary from '../de/metrics.json'

export default pseudoDictionary(dictionary)
