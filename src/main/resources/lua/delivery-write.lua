-- Writes what became of deliveries of one webhook, in the order given. Writing the same again changes nothing.
-- ARGV, behind those of parked.lua: rest in ms, lease in ms, limit of parked deliveries, limit of their bytes, count of the
-- events whose body the records take for being there, their ids, then records:
--   'park', id, fence, delay in ms, rest in ms, body
--   'keep', id, the life that writes or '', body
--   'merge', id, slot, quiet in ms, most in ms, body
--   'back', id, fence, place, body
--   'bury', id, fence, reason, rest in ms, body
--   'finish', id, fence
--   'step', from, to, how many events were read, how many of them match
--   'again', id, body
--   'revive', id
-- The fence is the number of attempts that the holder found, or -1 for a delivery that was not parked before. A body is:
-- ordering key or '', bytes of the whole delivery or 0 if the fields are only what changed, the event's id if its body lies by
-- itself or '', count of the fields, fields.
-- A step of a replay takes it from a position to the next one. KEYS[10] is a hash: where the replay is, and its sums. What
-- stands behind a step is written only if the replay is at 'from', so that a step counts once, whoever repeats it.
-- Answers {1 if others are due now, how many were over a limit, how many were too old, ids of those that others stand for};
-- behind that, if there was a step: {position, read, matched, queued, how many are parked now, their bytes}. Or, of bodies that
-- are not there, {-1, their events}: then nothing was done.
local restFor, lease = tonumber(ARGV[7]), tonumber(ARGV[8])
local maxCount, maxBytes = tonumber(ARGV[9]), tonumber(ARGV[10])
-- A burst remembers as many of those it stands for as one call of this script has records, so that none counts twice
-- if the call is repeated; a delivery shows the last few.
local REMEMBERED, SHOWN = 200, 20
-- Rests that pods may not know yet, of a shard.
local RESTS = 10000
local at = 11
local rest = 0
local changed = false
local overflowed, expired = 0, 0

local function take()
  at = at + 1
  return ARGV[at - 1]
end

local function body()
  local key, bytes, event, count = take(), tonumber(take()), take(), tonumber(take())
  local from = at
  at = at + count
  return {key = key ~= '' and key, bytes = bytes, body = event ~= '' and event, from = from, to = at - 1}
end

-- Lua's stack does not hold any number of arguments at once.
local function store(id, it)
  local key = deliveries .. id
  for first = it.from, it.to, 1000 do
    redis.call('HSET', key, unpack(ARGV, first, math.min(it.to, first + 999)))
  end
end

-- Stores what Redis does not have.
local function create(id, it)
  store(id, it)
  redis.call('HSET', deliveries .. id, '$bytes', it.bytes, '$since', now)
  if it.key then
    redis.call('HSET', deliveries .. id, '$chain', it.key)
  end
  if it.body then
    redis.call('HSET', deliveries .. id, '$body', it.body)
    hold(it.body, id, NEVER)
  end
end

-- 'new'; 'known' and in the hands of whoever writes; 'lost' by Redis; or nil: somebody else's, dead, or ended before.
local function standing(id, fence, it)
  local seen = redis.call('HMGET', deliveries .. id, '$attempts', '$diedat')
  if not seen[1] then
    return fence == '-1' and 'new' or it and it.bytes > 0 and 'lost'
  end
  if fence == '-1' then
    -- written again: a WAIT behind a script that wrote nothing would say at once that all have what is there
    redis.call('HSET', deliveries .. id, '$attempts', seen[1])
  end
  return seen[1] == fence and not seen[2] and 'known'
end

-- Why one more cannot be parked, or nil.
local function excess(bytes)
  if redis.call('ZCARD', due) >= maxCount then
    return 'the backlog is full: ' .. ARGV[9] .. ' deliveries (delivery.parking.maxCount)'
  elseif tonumber(redis.call('HGET', backlog, 'bytes') or 0) + bytes > maxBytes then
    return 'the backlog is full: ' .. ARGV[10] .. ' bytes (delivery.parking.maxBytes)'
  end
end

local function admit(id, it, wait)
  local full = excess(it.bytes)
  create(id, it)
  if full then
    overflowed = overflowed + 1
    bury(id, full)
  else
    enter(id, after(wait, id), it.key, it.bytes, false)
    changed = true
  end
  return not full
end

local function restore(id, it, place)
  create(id, it)
  enter(id, place, it.key, it.bytes, true)
  changed = true
end

-- What comes back is of its slot's burst again, unless a younger one stands for it.
local function again(id, place, key, slot)
  if slot and isOvertaken(id, slot) then
    coalesce(id)
  else
    await(id, place, key)
    if slot then
      redis.call('HSET', bursts, slot, id .. ' ' .. now .. ' ')
    end
  end
  changed = true
end

local does = {}

function does.park()
  local id, fence, delay, asked, it = take(), take(), tonumber(take()), tonumber(take()), body()
  local is = standing(id, fence, it)
  rest = math.max(rest, asked)
  if is == 'new' then
    admit(id, it, delay)
  elseif is == 'lost' then
    restore(id, it, after(delay, id))
  elseif is then
    store(id, it)
    local seen = redis.call('HMGET', deliveries .. id, '$since', '$chain', '$slot')
    if tooOld(seen[1]) then
      expired = expired + 1
      leave(id)
      bury(id, OLD)
      changed = true
    else
      again(id, after(delay, id), seen[2], seen[3])
    end
  end
end

-- It is under way: no limit can keep it out, and what is parked behind it waits for it.
function does.keep()
  local id, life, it = take(), take(), body()
  if standing(id, '-1', it) then
    restore(id, it, now + lease + handOf(life))
  end
end

function does.back()
  local id, fence, place, it = take(), take(), tonumber(take()), body()
  local is = standing(id, fence, it)
  place = place == 0 and turn(id) or place
  if is == 'lost' then
    restore(id, it, place)
  elseif is then
    again(id, place, unpack(redis.call('HMGET', deliveries .. id, '$chain', '$slot')))
  end
end

function does.bury()
  local id, fence, reason, asked, it = take(), take(), take(), tonumber(take()), body()
  rest = math.max(rest, asked)
  local is = standing(id, fence, it)
  if is == 'known' then
    store(id, it)
    changed = leave(id) or changed
    bury(id, reason)
  elseif is then
    create(id, it)
    bury(id, reason)
  end
end

function does.finish()
  local id, fence = take(), take()
  if standing(id, fence) == 'known' then
    changed = forget(id) or changed
  end
end

local function last(ids, count, length)
  return ids:sub(-count * length)
end

-- Of two deliveries of one slot the younger stays and stands for the other.
local function join(id, it, slot, holder, before, ends)
  local stands = redis.call('HGET', deliveries .. holder, '$stands') or 0
  local loser = holder
  if isOlder(id, holder) then
    loser, id = id, holder
  else
    changed = forget(holder) or changed
    create(id, it)
    enter(id, turn(id), false, it.bytes, false)
  end
  local ids = before .. loser .. ' '
  local key = deliveries .. id
  local length = #loser + 1
  redis.call('HSET', key, '$slot', slot, '$stands', stands + 1, '$stoodfor', last(ids, SHOWN, length))
  redis.call('ZADD', due, 'GT', after(ends - now, id), id)
  coalesced[#coalesced + 1] = loser
  return id, last(ids, REMEMBERED, length)
end

function does.merge()
  local id, slot, quiet, most, it = take(), take(), tonumber(take()), tonumber(take()), body()
  it.key = false
  local burst = redis.call('HGET', bursts, slot) or ''
  local holder, first, before = burst:match('^(%S+) (%d+) (.*)$')
  if (' ' .. (before or '')):find(' ' .. id .. ' ', 1, true) then
    coalesced[#coalesced + 1] = id
  elseif standing(id, '-1', it) then
    local newest = redis.call('GET', lastOf(slot))
    if newest and isOlder(id, newest) then
      coalesced[#coalesced + 1] = id
    elseif holder and redis.call('EXISTS', deliveries .. holder) == 1 then
      holder, before = join(id, it, slot, holder, before, math.min(now + quiet, first + most))
      redis.call('HSET', bursts, slot, holder .. ' ' .. first .. ' ' .. before)
      changed = true
    elseif admit(id, it, math.min(quiet, most)) then
      redis.call('HSET', deliveries .. id, '$slot', slot)
      redis.call('HSET', bursts, slot, id .. ' ' .. now .. ' ')
    end
  end
end

-- What the step takes along is counted by what is parked more when all is written.
local parkedBefore

function does.step()
  local from, to, read, matched = take(), take(), take(), take()
  if (redis.call('HGET', KEYS[10], 'at') or '') == from then
    redis.call('HSET', KEYS[10], 'at', to)
    redis.call('HINCRBY', KEYS[10], 'read', read)
    redis.call('HINCRBY', KEYS[10], 'matched', matched)
    parkedBefore = redis.call('ZCARD', due)
  else
    at = #ARGV + 1
  end
end

-- A delivery of a past event, as if it came now. One that waits stays as it is, a dead one is due again.
function does.again()
  local id, it = take(), body()
  if revive(id) then
    changed = true
  elseif standing(id, '-1', it) then
    admit(id, it, 0)
  end
end

function does.revive()
  changed = revive(take()) or changed
end

local missing = {}
for i = 1, tonumber(take()) do
  local event = take()
  if redis.call('EXISTS', bodies .. event) == 0 then
    missing[#missing + 1] = event
  end
end
if #missing > 0 then
  return {-1, missing}
end
unsettled = {}
while at <= #ARGV do
  does[take()]()
end
local touched = unsettled
unsettled = nil
for _, event in ipairs(touched) do
  settle(event)
end
if rest > 0 then
  restFor = math.max(restFor, rest)
  redis.call('XADD', rests, 'MAXLEN', '~', RESTS, '*', 'lane', lane, 'until', now + rest)
  if redis.call('PTTL', rests) < rest then
    redis.call('PEXPIRE', rests, rest)
  end
end
if restFor > 0 and redis.call('PTTL', resting) < restFor then
  redis.call('SET', resting, 1, 'PX', restFor)
end
local more = false
if changed or restFor > 0 or redis.call('EXISTS', due) == 0 then
  more = plan()
end
if not KEYS[10] then
  return {more and 1 or 0, overflowed, expired, coalesced}
end
if parkedBefore then
  closeGraves()
  redis.call('HINCRBY', KEYS[10], 'queued', math.max(0, redis.call('ZCARD', due) - parkedBefore))
end
return {more and 1 or 0, overflowed, expired, coalesced, reached(KEYS[10])}
