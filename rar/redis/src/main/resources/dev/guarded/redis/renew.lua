-- SPDX-License-Identifier: Apache-2.0
-- Renews many leases that have one lease time.
-- KEYS  the lock of each lease; the names of its other keys differ from it in their last letter
-- ARGV  1 lease in ms, then the token of each lease
-- Reply for each lease 0 the token has the lock no longer, 1 renewed, 2 renewed and others wait
-- Atomic for each lease: the token is compared and the lease extended in one breath. The first write to a lock is a
-- PEXPIRE, so that it works on a full server. What is read is read for all at once: a fifth cheaper than asking lock by
-- lock. A value of another type reads as none and concerns its own lock only.
local replies, queues, lease, now = {}, {}, ARGV[1], nil

local function shares(lock, ends, who, token)
  if not now then
    local time = redis.call('TIME')
    now = time[1] * 1000 + math.floor(time[2] / 1000)
  end
  local last = tonumber(redis.call('ZSCORE', ends, token) or 0)
  if last <= now then return false end
  -- Also where none of them has to live longer: after it a full server takes what comes then.
  redis.call('PEXPIRE', lock, math.max(redis.call('PTTL', lock), lease))
  for _, key in ipairs({ends, who}) do
    if redis.call('PTTL', key) < tonumber(lease) then redis.call('PEXPIRE', key, lease) end
  end
  redis.call('ZADD', ends, 'XX', string.format('%.0f', now + lease), token)
  return true
end

for i, value in ipairs(redis.call('MGET', unpack(KEYS))) do
  local lock, token, mine = KEYS[i], ARGV[i + 1], false
  local stem = string.sub(lock, 1, -2)
  -- Compared without making a text, of which there would be two a lease; 124 is the bar after the token.
  if value and string.find(value, token, 1, true) == 1 and string.byte(value, #token + 1) == 124 then
    redis.call('PEXPIRE', lock, lease)
    mine = true
  elseif value and string.sub(value, 1, 2) == '*|' then
    -- What is spoilt is one lock's, and costs the others in this request nothing.
    local done, renewed = pcall(shares, lock, stem .. 'x', stem .. 's', token)
    mine = done and renewed
  end
  replies[i] = mine and 1 or 0
  if mine then queues[#queues + 1] = stem .. 'q' end
end

-- Mostly nobody waits for any of them.
if #queues > 0 and redis.call('EXISTS', unpack(queues)) > 0 then
  for i, lock in ipairs(KEYS) do
    if replies[i] == 1 then replies[i] = 1 + redis.call('EXISTS', string.sub(lock, 1, -2) .. 'q') end
  end
end
return replies
