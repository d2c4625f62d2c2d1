-- What a life has claimed is due now: nobody acts on these leases any more.
-- ARGV, behind those of parked.lua: the life, from which time on to look ('': from now), the longest lease in ms.
-- Answers {how many are due that were not, from when to go on or ''}.
local LOOKS = 2000
local number = tonumber(redis.call('HGET', backlog, 'hand:' .. ARGV[7]))
if not number then
  return {0, ''}
end
local hand = LEASED + number * STEP
local from = ARGV[8] == '' and '(' .. now or ARGV[8]
local page = redis.call('ZRANGE', due, from, now + tonumber(ARGV[9]) + 1, 'BYSCORE', 'LIMIT', 0, LOOKS, 'WITHSCORES')
local freed = 0
for i = 1, #page, 2 do
  if tonumber(page[i + 1]) % 1 == hand then
    redis.call('ZADD', due, turn(page[i]), page[i])
    freed = freed + 1
  end
end
local next = #page == 2 * LOOKS and page[#page] ~= from and page[#page] or ''
if next == '' then
  redis.call('HDEL', backlog, 'hand:' .. ARGV[7])
end
if freed > 0 then
  plan()
end
return {freed, next}
