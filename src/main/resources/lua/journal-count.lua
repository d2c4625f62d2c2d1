-- How many free partitions there are, and how many there were when names were placed that are still remembered.
-- KEYS: counts. ARGV: how many there are as far as the pod knows, how many there shall be at least (0: only to look), for how
-- many minutes the present number is remembered when there are more, how many former ones at most, and the former ones that
-- the pod knows.
-- Answers {partitions, former ones, in the order of their numbers}; not as many as there shall be: too many are remembered.
--
-- counts  hash, journal.partitions: how many; journal.partitions.N: there were N, remembered until this minute
--
-- Where the pod knows as many or more, a former one of its own that is not there was lost with whatever Redis lost, and is
-- remembered anew: one whose time is over stays here until a raise. Minutes, as a pod of an earlier version takes all of it for
-- small numbers. Whoever lowers it by hand leaves former ones that are not smaller; these say nothing.
local FIELD = 'journal.partitions'
local own, wanted, minutes, most = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local minute = math.floor(tonumber(redis.call('TIME')[1]) / 60)

local function remember(number)
  redis.call('HSET', KEYS[1], FIELD .. '.' .. number, string.format('%.0f', minute + minutes))
end

-- those that are remembered, and the fields of those whose time is over
local function former(count)
  local numbers, over = {}, {}
  local all = redis.call('HGETALL', KEYS[1])
  for i = 1, #all, 2 do
    local number = tonumber(string.match(all[i], '^journal%.partitions%.(%d+)$'))
    if number and tonumber(all[i + 1]) < minute then
      over[#over + 1] = all[i]
    elseif number and number < count then
      numbers[#numbers + 1] = number
    end
  end
  table.sort(numbers)
  return numbers, over
end

local count = tonumber(redis.call('HGET', KEYS[1], FIELD))
if not count then
  count = own
  redis.call('HSET', KEYS[1], FIELD, count)
end
for i = 5, #ARGV do
  if own >= count and redis.call('HEXISTS', KEYS[1], FIELD .. '.' .. ARGV[i]) == 0 then
    remember(ARGV[i])
  end
end
local numbers, over = former(count)
-- a pod that has as many as it wants tells what was lost
if wanted > count and (#numbers < most or wanted == own) then
  if #over > 0 then
    redis.call('HDEL', KEYS[1], unpack(over))
  end
  remember(count)
  if own > count and own < wanted then
    remember(own)
  end
  redis.call('HSET', KEYS[1], FIELD, wanted)
  count = wanted
  numbers = former(count)
end
return {count, numbers}
