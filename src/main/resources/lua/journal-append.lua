-- Appends events that may repeat, each once within a window.
-- KEYS: the stream, then one idempotency key for each event.
-- ARGV: the window in ms, then for each event: how many fields, and the fields.
-- Answers, for each event, its entry's id and 1 if it was there before.
local answers = {}
local at = 2
for i = 2, #KEYS do
  local fields = tonumber(ARGV[at])
  local known = redis.call('GET', KEYS[i])
  if known then
    answers[#answers + 1] = known
    answers[#answers + 1] = 1
  else
    local id = redis.call('XADD', KEYS[1], '*', unpack(ARGV, at + 1, at + fields))
    redis.call('SET', KEYS[i], id, 'PX', ARGV[1])
    answers[#answers + 1] = id
    answers[#answers + 1] = 0
  end
  at = at + 1 + fields
end
return answers
