-- SPDX-License-Identifier: Apache-2.0
-- Renews many leases that have one lease time.
-- KEYS  for each lease the lock, its queue, and of the leases that share it the ends and who they are
-- ARGV  1 lease in ms, then the token of each lease
-- Reply for each lease 0 the token has the lock no longer, 1 renewed, 2 renewed and others wait
-- Atomic for each lease: the token is compared and the lease extended in one breath. The first write to a lock is a
-- PEXPIRE, so that it works on a full server. A value of another type concerns its own lock only; any other refusal
-- becomes the reply, because it says nothing about whose the locks are.
local replies, lease, now = {}, ARGV[1], nil

local function shares(lock, ends, who, token)
  if not now then
    local time = redis.call('TIME')
    now = time[1] * 1000 + math.floor(time[2] / 1000)
  end
  local last = tonumber(redis.call('ZSCORE', ends, token) or 0)
  if last <= now then return false end
  for _, key in ipairs({lock, ends, who}) do
    if redis.call('PTTL', key) < tonumber(lease) then redis.call('PEXPIRE', key, lease) end
  end
  redis.call('ZADD', ends, 'XX', string.format('%.0f', now + lease), token)
  return true
end

for i = 2, #ARGV do
  local lock, queue, token = KEYS[4 * i - 7], KEYS[4 * i - 6], ARGV[i]
  local value = redis.pcall('GET', lock)
  if type(value) == 'table' and not string.find(value.err, 'WRONGTYPE', 1, true) then return value end
  local mine = false
  if type(value) == 'string' then
    if string.sub(value, 1, #token + 1) == token .. '|' then
      redis.call('PEXPIRE', lock, lease)
      mine = true
    elseif string.sub(value, 1, 2) == '*|' then
      mine = shares(lock, KEYS[4 * i - 5], KEYS[4 * i - 4], token)
    end
  end
  replies[i - 1] = mine and 1 + redis.call('EXISTS', queue) or 0
end
return replies
