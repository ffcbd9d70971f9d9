using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;

namespace Ledger.Determinism.Story;

/// <summary>Calls that make sense at the moment, so that the ledger comes to hold something.</summary>
public sealed class StoryMoves(TestRandom random, StoryCast cast, TestLedger ledger)
{
    private const int PairsMax = 12;

    private readonly List<(TestParty School, TestParty Learner)> pairs = [];
    private ulong statements;

    /// <summary>Signers, and groups of calls.</summary>
    public (TestParty[] Signers, Operation[][] Groups) Any()
    {
        TestParty[] members = cast.Members(ledger);
        TestParty member = members[random.Below(members.Length)];
        if (pairs.Count == 0 || random.Below(8) == 0)
        {
            return Begin(member, cast.Learner(random));
        }

        return random.Below(8) switch
        {
            0 => Vote(members, member),
            1 => Seat(members, member),
            _ => WithLearner(member),
        };
    }

    private (TestParty[] Signers, Operation[][] Groups) Begin(TestParty school, TestParty learner)
    {
        pairs.Add((school, learner));
        if (pairs.Count > PairsMax)
        {
            pairs.RemoveAt(0);
        }

        return ([school, learner],
        [
            [Calls.UicCreate().By(1)],
            [Calls.PicCreate()],
            [Calls.Enrol(learner, school)],
            [
                Calls.Create(learner), Calls.UicInsert(learner), Calls.PicInsert(learner),
                Calls.Insert(learner, ++statements),
            ],
        ]);
    }

    private (TestParty[] Signers, Operation[][] Groups) WithLearner(TestParty other)
    {
        (TestParty school, TestParty learner) = pairs[random.Below(pairs.Count)];
        TestParty grantee = random.Below(3) == 0 ? cast.Anybody(random) : other;
        ulong some = 1 + (ulong)random.Below(5);
        AccessBits bits = (AccessBits)(1 + random.Below(15));
        return random.Below(12) switch
        {
            0 or 1 => ([school], [[Calls.Insert(learner, ++statements, ++statements)], [Calls.Settle()]]),
            2 => ([school], [[Calls.Insert(learner, 1 + ((ulong)random.Below(1_000) % statements))]]),
            3 or 4 => ([other], [[Calls.Request(learner, bits)]]),
            5 or 6 => ([learner], [[Calls.Grant(learner, grantee, bits, 0, End())]]),
            7 => ([school], [[Calls.Grant(learner, grantee, bits, 0, End())]]),
            8 => ([grantee], [[Calls.Grant(learner, cast.Anybody(random), AccessBits.Read, some, End())]]),
            9 => ([learner], [[Calls.Revoke(learner, some)], [Calls.Deny(learner, some)]]),
            10 => ([grantee], [[Calls.Renounce(learner, some)], [Calls.Renounce(learner, some + 1)]]),
            _ => ([random.Below(2) == 0 ? school : learner],
                [[Calls.EndEnrolment(learner, school)], [Calls.RevokeDefault(learner, school)]]),
        };
    }

    private (TestParty[] Signers, Operation[][] Groups) Vote(TestParty[] members, TestParty member)
    {
        TestParty candidate = random.Below(2) == 0
            ? cast.Candidate(ledger, random)
            : cast.Institution(random);
        ulong ballot = Math.Max(1, ledger.State.Institution(candidate.Address)?.Ballot ?? 1);
        return random.Below(8) switch
        {
            0 => ([member], [[Seats.Accuse(candidate)]]),
            1 => ([member], [[Seats.Revoke(candidate, random.Below(2) == 0, ballot)]]),
            2 or 3 when cast.Newcomer(ledger) is { } newcomer => ([newcomer], [[Calls.Register(newcomer)]]),
            _ => (members, EachOf(members, () => Calls.Vote(candidate, random.Below(8) > 0, ballot))),
        };
    }

    private (TestParty[] Signers, Operation[][] Groups) Seat(TestParty[] members, TestParty member)
    {
        ulong newest = ledger.State.SeatProposalCount();
        TestParty key = new($"key{random.Below(1_000)}");
        return random.Below(6) switch
        {
            0 => ([member], [[Seats.Propose(Seats.Remove(cast.Institution(random)))]]),
            1 => ([members[0], member], [[Seats.Propose(Seats.Add(ledger, member))]]),
            2 => ([member], [[Seats.Rotate(ledger, member, member.VoteKey, key.VoteKey)]]),
            3 or 4 when newest > 0 => (members, EachOf(members, () => Seats.Vote(newest))),
            _ when newest > 0 => ([member], [[Seats.Activate(ledger, newest)]]),
            _ => ([member], [[Calls.Settle()]]),
        };
    }

    private static Operation[][] EachOf(TestParty[] members, Func<Operation> call) =>
        [.. members.Select((_, place) => new[] { call().By((uint)place) })];

    private long End() => random.Below(2) == 0 ? 0 : ledger.TimeMs + random.Below(60_000);
}
