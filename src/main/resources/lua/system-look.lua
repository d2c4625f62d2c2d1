-- What all pods say of themselves. KEYS: cards. Answers pod, age in ms, card, for each.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local found = {}
local cards = redis.call('HGETALL', KEYS[1])
for i = 1, #cards, 2 do
  local at, card = cards[i + 1]:match('^(%d+) (.*)$')
  if at then
    found[#found + 1] = cards[i]
    found[#found + 1] = math.max(0, now - tonumber(at))
    found[#found + 1] = card
  end
end
return found
