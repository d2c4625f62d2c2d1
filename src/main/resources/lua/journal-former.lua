-- Which names lie in a partition where they were placed when there were fewer. Whoever has one goes on having it; all others
-- are marked as gone from here, so that a pod which has not heard of it yet places none of them here any more.
-- KEYS: names, as journal-append keeps them. ARGV: for how long a mark stays, in ms, and how many partitions there are for
-- whoever asks: a mark says by how many, at most, its name is placed elsewhere.
-- Answers, for each, 1 if it lies here.
local answers = {}
for i = 1, #KEYS - 1 do
  local known = redis.call('GET', KEYS[i])
  local marked = known and string.match(known, '^gone ?(%d*)$')
  local here = known and not marked
  if not here then
    local most = math.max(tonumber(ARGV[2]), marked and tonumber(marked) or 0)
    redis.call('SET', KEYS[i], string.format('gone %d', most), 'PX', ARGV[1])
  end
  answers[i] = here and 1 or 0
end
return answers
