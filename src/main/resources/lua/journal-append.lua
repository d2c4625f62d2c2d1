-- Appends events that bear a name, each once within a window.
-- KEYS: the stream, then the name of each event; there the id of its entry is kept, and a digest if it has one.
-- ARGV: the window in ms, then for each event: its digest or '', 1 if it is of the same request as the event before it,
-- how many fields, and the fields.
-- Answers, for each event, its entry's id and 0; that of the same event and 1 if it was there before; that of the other
-- event and 2 if its name is taken, or that of an event before it in the same request.
local answers = {}
local at = 2
local id, fate = false, 0
for i = 2, #KEYS do
  local digest, beside, fields = ARGV[at], ARGV[at + 1] == '1', tonumber(ARGV[at + 2])
  if not (beside and fate == 2) then
    local known = redis.call('GET', KEYS[i])
    if known then
      local entry, was = string.match(known, '^(%S+) ?(%S*)$')
      id = entry
      fate = (digest == '' or was == '' or was == digest) and 1 or 2
    else
      id = redis.call('XADD', KEYS[1], '*', unpack(ARGV, at + 3, at + 2 + fields))
      redis.call('SET', KEYS[i], digest == '' and id or id .. ' ' .. digest, 'PX', ARGV[1])
      fate = 0
    end
  end
  answers[#answers + 1] = id
  answers[#answers + 1] = fate
  at = at + 3 + fields
end
return answers
