/** Why a lesson is not there, where nothing of it could be loaded. */
import { both } from '../../core/base/text'

export const unloaded = both('The lesson could not be loaded. Check the network, then try again.', '无法加载课程。请检查网络后重试。')
