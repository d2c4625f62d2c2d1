-- How many free partitions there are, and how many there were when names were placed that are still remembered.
-- KEYS: counts. ARGV: how many there are where Redis says nothing, how many there shall be at least (0: only to look), for
-- how many minutes the present number is remembered when there are more, how many former ones at most.
-- Answers {partitions, former ones, in the order of their numbers}; not as many as there shall be: too many are remembered.
--
-- counts  hash, journal.partitions: how many; journal.partitions.N: there were N, remembered until this minute
--
-- Minutes, as a pod of an earlier version takes all of it for small numbers. Whoever lowers it by hand leaves former ones that
-- are not smaller; these say nothing.
local FIELD = 'journal.partitions'
local count = tonumber(redis.call('HGET', KEYS[1], FIELD))
if not count then
  count = tonumber(ARGV[1])
  redis.call('HSET', KEYS[1], FIELD, count)
end
local wanted, minutes, most = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local minute = math.floor(tonumber(redis.call('TIME')[1]) / 60)

local former, over = {}, {}
local all = redis.call('HGETALL', KEYS[1])
for i = 1, #all, 2 do
  local number = tonumber(string.match(all[i], '^journal%.partitions%.(%d+)$'))
  if number and tonumber(all[i + 1]) < minute then
    over[#over + 1] = all[i]
  elseif number and number < count then
    former[#former + 1] = number
  end
end
if wanted > count and #former < most then
  if #over > 0 then
    redis.call('HDEL', KEYS[1], unpack(over))
  end
  redis.call('HSET', KEYS[1], FIELD .. '.' .. count, string.format('%.0f', minute + minutes), FIELD, wanted)
  former[#former + 1] = count
  count = wanted
end
table.sort(former)
return {count, former}
