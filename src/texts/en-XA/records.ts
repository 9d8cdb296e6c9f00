// The pseudo-language of this part.
import { pseudoDictionary } from '../pseudo'
import dictionary from '../de/records'

export default pseudoDictionary(dictionary)
