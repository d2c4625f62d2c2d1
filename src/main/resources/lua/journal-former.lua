-- Which names lie in a partition where they were placed when there were fewer. Whoever has one goes on having it; all others
-- are marked as gone from here, so that a pod which has not heard of it yet places none of them here any more.
-- KEYS: names, as journal-append keeps them. ARGV: for how long a mark stays, in ms, and a name that lies here at least.
-- Answers, for each, 1 if it lies here.
local GONE = 'gone'
local answers = {}
for i = 1, #KEYS - 1 do
  local known = redis.call('GET', KEYS[i])
  local here = known and known ~= GONE
  if not here then
    redis.call('SET', KEYS[i], GONE, 'PX', ARGV[1])
  elseif redis.call('PTTL', KEYS[i]) < tonumber(ARGV[2]) then
    redis.call('PEXPIRE', KEYS[i], ARGV[2])
  end
  answers[i] = here and 1 or 0
end
return answers
