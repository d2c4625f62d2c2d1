-- What is parked in a shard, and how old it is. One answer serves all pods for a while, so that its cost does not grow with them.
-- Of webhooks it looks at those that are next, so many at most.
-- KEYS: wake, graves, waiting. ARGV: prefixes of due, resting, backlog and dead; webhooks at most; ms that the answer serves.
-- Answers a text of numbers: due, its oldest in ms, resting, its oldest, later, its oldest, bytes, dead letters, ms since the
-- webhook that waits longest should have been looked at.
--
-- waiting  string: the answer, for a while
local served = redis.call('GET', KEYS[3])
if served then
  return served
end
local dueOf, restOf, backlogOf, deadOf, most = ARGV[1], ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[5])
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
-- A pod that looks at a webhook keeps the others from it for less.
local LOOKED_AT = 5000
local DUE, RESTING, LATER = 1, 3, 5
local answer = {0, 0, 0, 0, 0, 0, 0, 0, 0}

local function add(state, count, since)
  answer[state] = answer[state] + count
  if since and count > 0 then
    answer[state + 1] = math.max(answer[state + 1], now - math.floor(since))
  end
end

local first = redis.call('ZRANGE', KEYS[1], 0, now, 'BYSCORE', 'LIMIT', 0, 1, 'WITHSCORES')
answer[9] = first[2] and now - math.floor(tonumber(first[2])) or 0

local lanes = redis.call('ZRANGE', KEYS[1], 0, most - 1, 'WITHSCORES')
for i = 1, #lanes, 2 do
  local webhook = lanes[i]:match('^%S+')
  local due = dueOf .. webhook
  local all, ripe = redis.call('ZCARD', due), redis.call('ZCOUNT', due, '-inf', now)
  local oldest = redis.call('ZRANGE', due, 0, now, 'BYSCORE', 'LIMIT', 0, 1, 'WITHSCORES')
  local rests = tonumber(lanes[i + 1]) > now + LOOKED_AT or redis.call('PTTL', restOf .. webhook) > 0
  add(rests and RESTING or DUE, ripe, tonumber(oldest[2]))
  add(LATER, all - ripe)
  answer[7] = answer[7] + tonumber(redis.call('HGET', backlogOf .. webhook, 'bytes') or 0)
end
for _, lane in ipairs(redis.call('ZRANGE', KEYS[2], 0, most - 1)) do
  answer[8] = answer[8] + redis.call('ZCARD', deadOf .. lane:match('^%S+'))
end

local text = {}
for i = 1, #answer do
  text[i] = ('%.0f'):format(answer[i])
end
served = table.concat(text, ' ')
redis.call('SET', KEYS[3], served, 'PX', ARGV[6])
return served
