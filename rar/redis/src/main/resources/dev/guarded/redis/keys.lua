-- SPDX-License-Identifier: Apache-2.0
-- Lists a part of the locks that are held or awaited. Writes nothing.
-- ARGV  1 cursor, 0 to begin, 2 pattern of the keys
-- Reply {cursor of the next part, 0 at the end; keys of values and queues}
-- A script only because every command of the protocol is one.
return redis.call('SCAN', ARGV[1], 'MATCH', ARGV[2], 'COUNT', 500)
