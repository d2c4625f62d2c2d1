-- What the scripts about the parked deliveries of one webhook share; it stands in front of each of them.
-- KEYS: due, wake, resting, dead, graves, backlog, chains, bursts, rests.
-- ARGV: lane, prefix of delivery keys, prefix of chain keys, retention of dead letters in ms, age limit in ms, prefix of body keys.
--
-- due      zset, all that is parked: when it may be claimed. Of what may be claimed now, the age of its event, so that the
--          oldest goes first; of what waits for a time, that time and a quarter of a millisecond; of what is leased, when
--          the lease ends, and a half and as many 2048ths as the number that its holder has here; of what waits for another of its slot to end, when the lease of that ends, and
--          three quarters; of what a person asked for, less than 0; of what waits behind another of its chain, +inf
-- chain    list for each ordering key: its deliveries in their order; only the first may go
-- chains   set: the ordering keys that have a chain
-- bursts   hash, slot: the delivery that will be sent, when the burst began, the deliveries that it stands for; and behind
--          it, for each slot, a key of its own for a while: the youngest delivery of the slot that was ever claimed
-- delivery hash for each delivery: $packed is its event; $bytes what it takes here, about
-- backlog  hash, bytes: the sum of $bytes of all that is parked; ripe: up to where what has become due has its place by age;
--          hand:LIFE: the number here of a pod's life that claimed something; hands: how many numbers were given
-- rests    stream of the shard: lanes whose endpoint asked to be left alone, and until when
-- body     string for each large event of the shard: its data, once for all of its deliveries; these have $body, the event's id
-- body:of  zset beside each body: its deliveries that are parked, without end, and those that are dead, by when they are
--          forgotten. The body stays as long as the last of them
local due, wake, resting, dead, graves = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local backlog, chains, bursts, rests = KEYS[6], KEYS[7], KEYS[8], KEYS[9]
local lane, deliveries, chain, bodies = ARGV[1], ARGV[2], ARGV[3], ARGV[6]
local coalesced = {}
local retention, maxAge = tonumber(ARGV[4]), tonumber(ARGV[5])
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local NEVER = '+inf'
-- What a person asked for is due before all else, however long the lane rests: a time minus this, in ms, is below 0.
local ASKED = 1000000000000000
-- Tells when a lease ends from when a delivery is due, and that from what is due by its age.
local LEASED, WAITS, BEHIND = 0.5, 0.25, 0.75
-- Numbers of holders; exact in a score until the year 2109. Whoever gets none is not told apart: its leases just run out.
local STEP, HANDS = 1 / 2048, 500
-- What is looked at to find a number that marks no lease any more.
local MARKS = 2000
-- How late what was read or claimed by a pod that stood still may come, and is known to be older than what went out.
local LATE = 3600000
local DIGITS = '0123456789abcdefghjkmnpqrstvwxyz'
-- A delivery that is parked so long after its event was accepted is of a past event that was sent again: that is its age.
local PAST = 3600000

-- When the event of a delivery was accepted, with which its id begins; or nil.
local function accepted(id)
  local ms = id:sub(28, 28) == '_' and 0
  for i = 5, 14 do
    local digit = DIGITS:find(id:sub(i, i), 1, true)
    ms = ms and digit and ms * 32 + digit - 1
  end
  return ms or nil
end

-- The place of what is due now among the others, whatever was tried of it before.
local function turn(id)
  local since = tonumber(redis.call('HGET', deliveries .. id, '$since') or now)
  local at = accepted(id)
  return at and at <= since and since - at < PAST and at or since
end

local function isLeased(at)
  local is = at % 1
  return at > now and is >= LEASED and is < BEHIND
end

-- When all numbers were given, one that marks no lease: whose it was holds nothing here, and gets another one when it does.
-- Nil if there is none, or if it takes long to tell.
local function unusedHand()
  local known, used = redis.call('HGETALL', backlog), {}
  local marks = redis.call('ZRANGE', due, '(' .. now, '(' .. NEVER, 'BYSCORE', 'LIMIT', 0, MARKS, 'WITHSCORES')
  if #marks == 2 * MARKS then
    return nil
  end
  for i = 2, #marks, 2 do
    local at = tonumber(marks[i])
    if isLeased(at) then
      used[(at % 1 - LEASED) / STEP] = true
    end
  end
  for i = 1, #known, 2 do
    if known[i]:match('^hand:') and not used[tonumber(known[i + 1])] then
      redis.call('HDEL', backlog, known[i])
    end
  end
  for number = 1, HANDS do
    if not used[number] then
      return number
    end
  end
end

-- What tells the leases of this life from others here. It gets a number with its first one, and keeps it while anything is
-- parked here.
local function handOf(life)
  if life == '' then
    return LEASED
  end
  local number = redis.call('HGET', backlog, 'hand:' .. life)
  if not number then
    number = redis.call('HINCRBY', backlog, 'hands', 1)
    number = number <= HANDS and number or unusedHand()
    if not number then
      return LEASED
    end
    redis.call('HSET', backlog, 'hand:' .. life, number)
  end
  return LEASED + number * STEP
end

-- The place of what is due after so long.
local function after(wait, id)
  return wait <= 0 and turn(id) or now + wait + WAITS
end

-- While it is a table, bodies are settled later: what one record lets go a later one may need.
local unsettled

-- A body goes with the last that has it.
local function settle(body)
  if unsettled then
    unsettled[#unsettled + 1] = body
    return
  end
  local key, holders = bodies .. body, bodies .. body .. ':of'
  local last = redis.call('ZRANGE', holders, -1, -1, 'WITHSCORES')
  local stays = tonumber(last[2])
  if not stays then
    redis.call('UNLINK', key, holders)
  elseif stays == math.huge then
    redis.call('PERSIST', key)
    redis.call('PERSIST', holders)
  else
    redis.call('PEXPIRE', key, math.max(0, stays - now))
    redis.call('PEXPIRE', holders, math.max(0, stays - now))
  end
end

-- The delivery needs its body until then.
local function hold(body, id, till)
  if body then
    redis.call('ZADD', bodies .. body .. ':of', till, id)
    settle(body)
  end
end

-- The delivery is there no more.
local function letGo(body, id)
  if body then
    redis.call('ZREM', bodies .. body .. ':of', id)
    settle(body)
  end
end

-- A parked delivery waits until then; behind another of its chain, until that one has left.
local function await(id, at, key)
  local first = not key or redis.call('LINDEX', chain .. key, 0) == id
  redis.call('ZADD', due, first and at or NEVER, id)
end

-- A stored delivery becomes parked: at the end of its chain, or as its first if it was on its way before the others came.
local function enter(id, at, key, bytes, first)
  if key then
    local list = chain .. key
    if first then
      local former = redis.call('LINDEX', list, 0)
      redis.call('LPUSH', list, id)
      if former then
        redis.call('ZADD', due, 'XX', NEVER, former)
      end
    else
      redis.call('RPUSH', list, id)
    end
    redis.call('SADD', chains, key)
  end
  redis.call('HINCRBY', backlog, 'bytes', bytes)
  await(id, at, key)
end

-- Not by Lua's <, which depends on the server's language.
local function isOlder(one, other)
  for i = 1, math.min(#one, #other) do
    local a, b = one:byte(i), other:byte(i)
    if a ~= b then
      return a < b
    end
  end
  return #one < #other
end

-- The delivery of the slot that waits for the end of its burst, or nil.
local function holderOf(slot)
  local burst = redis.call('HGET', bursts, slot)
  local holder = burst and burst:match('^%S+')
  return holder and redis.call('EXISTS', deliveries .. holder) == 1 and holder or nil
end

-- Where the last of a slot is remembered that was claimed.
local function lastOf(slot)
  return bursts .. ':' .. slot
end

-- Whether a younger one of the slot waits or was claimed: then this one must not go out any more, as it would be the last.
local function isOvertaken(id, slot)
  local last, holder = redis.call('GET', lastOf(slot)), holderOf(slot)
  return last and isOlder(id, last) or holder and isOlder(id, holder)
end

-- What waited for another of its slot is due now. Answers whether there was one.
local function free(slot)
  local holder = holderOf(slot)
  local at = holder and tonumber(redis.call('ZSCORE', due, holder) or 0)
  if at and at % 1 == BEHIND then
    redis.call('ZADD', due, turn(holder), holder)
    return true
  end
  return false
end

-- Later events of the slot begin a burst of their own.
local function close(id, slot)
  local burst = redis.call('HGET', bursts, slot)
  if burst and burst:sub(1, #id + 1) == id .. ' ' then
    redis.call('HDEL', bursts, slot)
  end
end

-- A delivery is parked no more, and what waited for its end is due. Answers whether there is any, and what body it has.
local function leave(id)
  local seen = redis.call('HMGET', deliveries .. id, '$bytes', '$chain', '$slot', '$body')
  local key, slot, next = seen[2], seen[3], false
  redis.call('ZREM', due, id)
  redis.call('HINCRBY', backlog, 'bytes', -tonumber(seen[1] or 0))
  if slot then
    close(id, slot)
    next = free(slot)
  end
  if key then
    local first = redis.call('LINDEX', chain .. key, 0)
    redis.call('LREM', chain .. key, 1, id)
    next = redis.call('LINDEX', chain .. key, 0)
    if not next then
      redis.call('SREM', chains, key)
    elseif first == id then
      redis.call('ZADD', due, turn(next), next)
    end
  end
  return next, seen[4]
end

-- A parked delivery has ended. Answers whether others are due by that.
local function forget(id)
  local next, body = leave(id)
  redis.call('DEL', deliveries .. id)
  letGo(body, id)
  return next
end

-- Another one of its slot stands for it.
local function coalesce(id)
  forget(id)
  coalesced[#coalesced + 1] = id
end

-- How far a replay is, and how much is parked. It is remembered for a week after the last time somebody asked or went on.
local function reached(replay)
  redis.call('PEXPIRE', replay, 604800000)
  local is = redis.call('HMGET', replay, 'at', 'read', 'matched', 'queued')
  local bytes = tonumber(redis.call('HGET', backlog, 'bytes') or 0)
  return {is[1] or '', is[2] or 0, is[3] or 0, is[4] or 0, redis.call('ZCARD', due), bytes}
end

local function tooOld(since)
  return since and now - tonumber(since) > maxAge
end

local OLD = 'parked for more than ' .. math.floor(maxAge / 1000) .. ' s (delivery.parking.maxAge)'

-- A stored delivery that is not parked becomes a dead letter. Of those whose time is up some are forgotten, not all at
-- once.
local function bury(id, reason)
  local key = deliveries .. id
  redis.call('HSET', key, '$reason', reason, '$diedat', now)
  redis.call('HDEL', key, '$slot')
  redis.call('PEXPIRE', key, retention)
  redis.call('ZADD', dead, now, id)
  hold(redis.call('HGET', key, '$body'), id, now + retention)
  local over = redis.call('ZRANGE', dead, '-inf', now - retention, 'BYSCORE', 'LIMIT', 0, 100)
  if #over > 0 then
    redis.call('ZREM', dead, unpack(over))
  end
  redis.call('PEXPIRE', dead, retention)
  redis.call('ZADD', graves, now, lane)
  redis.call('ZREMRANGEBYSCORE', graves, '-inf', now - retention)
  redis.call('PEXPIRE', graves, retention)
end

-- A dead letter is due now, as if never tried; one of a chain goes to its end. No limit keeps it out: Redis holds it
-- already. Answers whether it was one.
local function revive(id)
  local key = deliveries .. id
  if redis.call('ZREM', dead, id) == 0 or redis.call('EXISTS', key) == 0 then
    return false
  end
  redis.call('HDEL', key, '$diedat', '$reason', '$refused')
  redis.call('HSET', key, '$attempts', 0, '$since', now)
  redis.call('PERSIST', key)
  local seen = redis.call('HMGET', key, '$chain', '$bytes', '$body')
  hold(seen[3], id, NEVER)
  enter(id, now, seen[1], tonumber(seen[2] or 0), false)
  return true
end

local function closeGraves()
  if redis.call('EXISTS', dead) == 0 then
    redis.call('ZREM', graves, lane)
  end
end

-- Has the lane looked at when its first delivery is due, but not while it rests. Answers whether that is now.
local function plan()
  local first = redis.call('ZRANGE', due, 0, 0, 'WITHSCORES')
  local at = tonumber(first[2])
  if not at then
    redis.call('DEL', backlog)
  end
  if not at or at == math.huge then
    redis.call('ZREM', wake, lane)
    return false
  end
  if at < 0 then
    redis.call('ZADD', wake, at, lane)
    return true
  end
  local pause = math.max(0, redis.call('PTTL', resting))
  redis.call('ZADD', wake, math.max(at, now + pause), lane)
  return at <= now and pause == 0
end

