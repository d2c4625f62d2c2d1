-- Which lanes a life claimed something of that may be parked still. All that hold a lease are among those to be looked at.
-- KEYS[1]: wake. ARGV: where to go on (0: at the beginning), prefix of backlogs, the life.
-- Answers {where to go on (0: nowhere), lanes}.
local page = redis.call('ZSCAN', KEYS[1], ARGV[1], 'COUNT', 500)
local lanes = {}
for i = 1, #page[2], 2 do
  local webhook = page[2][i]:match('^%S+')
  if redis.call('HEXISTS', ARGV[2] .. webhook, 'hand:' .. ARGV[3]) == 1 then
    lanes[#lanes + 1] = page[2][i]
  end
end
return {page[1], lanes}
