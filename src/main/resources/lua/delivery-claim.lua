-- Leases the oldest due deliveries of a webhook; what is too old is buried.
-- ARGV, behind those of parked.lua: limit, lease in ms, the life that claims or '', bytes of data at most: the first may be larger; 'asked' for those only
-- that a person asked for: they are all that is claimed while the lane rests, too; 'probe' for the youngest, since what
-- fails now waits long: the oldest shall not.
-- Answers {1 if others are due now, how many were too old, ids of those that others stand for, {id, place, fields}, ...}; behind
-- the fields stands the event's id if its body lies by itself.
local limit, lease, room = tonumber(ARGV[7]), tonumber(ARGV[8]), tonumber(ARGV[10])
-- Deliveries that are looked at, so that a great many old ones take several calls.
local looks = limit + 200
local onlyAsked = ARGV[11] == 'asked' or redis.call('PTTL', resting) > 0
-- What has become due and gets its place by age, so many at a time.
local RIPE = 1000
local answer = {0, 0, coalesced}
local hand

local function bodySize(event)
  return event and redis.call('STRLEN', bodies .. event) or 0
end

-- Of what is packed, as it is when it is not.
local function wholeSize(packed)
  return packed and tonumber(packed:match('^%d+'))
end

local function isTooLarge(id)
  if #answer == 3 then
    return false
  end
  local seen = redis.call('HMGET', deliveries .. id, '$packed', '$body')
  local size = wholeSize(seen[1]) or seen[2] and bodySize(seen[2])
  return (size or redis.call('HSTRLEN', deliveries .. id, '$data')) > room
end

-- Of a slot one is in hand at a time, and nothing older goes after it. Answers whether this one may go.
local function take(id, slot)
  local last = redis.call('GET', lastOf(slot))
  if isOvertaken(id, slot) then
    coalesce(id)
    return false
  elseif last and last ~= id then
    local at = tonumber(redis.call('ZSCORE', due, last) or 0)
    if isLeased(at) then
      redis.call('ZADD', due, math.floor(at) + BEHIND, id)
      return false
    elseif at ~= 0 then
      coalesce(last)
    end
  end
  close(id, slot)
  redis.call('SET', lastOf(slot), id, 'PX', math.max(LATE, lease))
  return true
end

local function claim(id, place)
  local fields = redis.call('HGETALL', deliveries .. id)
  local size, known = 0, {}
  for i = 1, #fields, 2 do
    known[fields[i]] = fields[i + 1]
    size = size + #fields[i] + #fields[i + 1]
  end
  local key = known['$chain']
  if size == 0 then
    redis.call('ZREM', due, id)
  elseif key and redis.call('LINDEX', chain .. key, 0) ~= id then
    redis.call('ZADD', due, NEVER, id)
  elseif tooOld(known['$since']) then
    answer[2] = answer[2] + 1
    leave(id)
    bury(id, OLD)
  elseif not known['$slot'] or take(id, known['$slot']) then
    hand = hand or handOf(ARGV[9])
    redis.call('ZADD', due, now + lease + hand, id)
    answer[#answer + 1] = {id, ('%.0f'):format(math.floor(place)), fields, known['$body']}
    limit = limit - 1
    room = room - (wholeSize(known['$packed']) or size + bodySize(known['$body']))
  end
end

-- What waited for a time, or was lost with its holder, takes its place among all that is due.
local function ripen()
  local from = redis.call('HGET', backlog, 'ripe') or '0'
  local came = redis.call('ZRANGE', due, '(' .. from, now, 'BYSCORE', 'LIMIT', 0, RIPE, 'WITHSCORES')
  for i = 1, #came, 2 do
    if tonumber(came[i + 1]) % 1 > 0 then
      redis.call('ZADD', due, turn(came[i]), came[i])
    end
  end
  redis.call('HSET', backlog, 'ripe', #came == 2 * RIPE and came[#came] or now)
end

local function next(count)
  if onlyAsked then
    return redis.call('ZRANGE', due, '-inf', '(0', 'BYSCORE', 'LIMIT', 0, count, 'WITHSCORES')
  elseif ARGV[11] == 'probe' and redis.call('ZCOUNT', due, '-inf', '(0') == 0 then
    return redis.call('ZRANGE', due, now, '-inf', 'BYSCORE', 'REV', 'LIMIT', 0, count, 'WITHSCORES')
  end
  return redis.call('ZRANGE', due, '-inf', now, 'BYSCORE', 'LIMIT', 0, count, 'WITHSCORES')
end

local function claimSome()
  local ripe, before = next(math.min(limit, looks)), #coalesced
  for i = 1, #ripe, 2 do
    if #coalesced > before then
      break -- what waited for it may be older than the rest
    end
    looks = looks - 1
    if room > 0 and isTooLarge(ripe[i]) then
      room = 0
    end
    if room > 0 then
      claim(ripe[i], ripe[i + 1])
    end
  end
  return #ripe > 0
end

if not onlyAsked then
  ripen()
end
while limit > 0 and looks > 0 and room > 0 and claimSome() do
  -- what was claimed or buried is not among the ripe any more
end
answer[1] = plan() and 1 or 0
return answer
