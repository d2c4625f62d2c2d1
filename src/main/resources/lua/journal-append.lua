-- Appends events that bear a name, each once within a window.
-- KEYS: the stream, then the name of each event; there the id of its entry is kept, and a digest if it has one.
-- ARGV: the window in ms, then for each event: its digest or '', who says whether its name is another's, the number of
-- partitions by which it is placed here, or 0 if its name was found here though it would be placed elsewhere, how many fields,
-- and the fields. The name says it ('0'); or the event before it, which is of the same request ('1'); or nobody, since its
-- request has claimed its own name ('2').
-- Without fields a name is only claimed: 0-0 is kept there until its event comes.
-- Answers, for each event, its entry's id and 0; that of the same event and 1 if it was there before; that of the other
-- event and 2 if its name is taken, or that of an event before it in the same request; 0-0 and 3 if the name, or one before it
-- in the same request, is placed elsewhere since there are more partitions (journal-former), or is not here any more. The mark
-- of who knew of no more partitions than this one says nothing: by these the name belongs here again.
local CLAIMED, GONE = '0-0', 'gone'
local answers = {}
local at = 2
local id, fate = false, 0
for i = 2, #KEYS - 1 do
  local digest, says, number, fields = ARGV[at], ARGV[at + 1], tonumber(ARGV[at + 2]), tonumber(ARGV[at + 3])
  if says ~= '1' or fate < 2 then
    local known = redis.call('GET', KEYS[i])
    local entry, was = CLAIMED, ''
    if known then
      entry, was = string.match(known, '^(%S+) ?(%S*)$')
    end
    local gone = entry == GONE and number < (tonumber(was) or math.huge)
    if entry == GONE then
      known, entry = false, CLAIMED
    end
    local same = known and (digest == '' or was == '' or was == digest)
    if gone or (not known and number == 0 and says == '0') then
      id, fate = CLAIMED, 3
    elseif known and not same and says == '0' then
      id, fate = entry, 2
    elseif same and (entry ~= CLAIMED or fields == 0) then
      id, fate = entry, 1
      -- written again: a WAIT behind a script that wrote nothing would say at once that all have it
      redis.call('SET', KEYS[i], known, 'KEEPTTL')
    else
      id = fields > 0 and redis.call('XADD', KEYS[1], '*', unpack(ARGV, at + 4, at + 3 + fields)) or CLAIMED
      redis.call('SET', KEYS[i], digest == '' and id or id .. ' ' .. digest, 'PX', ARGV[1])
      fate = 0
    end
  end
  answers[#answers + 1] = id
  answers[#answers + 1] = fate
  at = at + 4 + fields
end
return answers
