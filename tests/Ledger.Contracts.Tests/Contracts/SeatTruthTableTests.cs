using Ledger.Contracts.Protos;
using Ledger.Contracts.Tests.Support;

namespace Ledger.Contracts.Tests.Contracts;

/// <summary>Who may do what about seats: every actor and every call, on one ledger.</summary>
[TestFixture]
public sealed class SeatTruthTableTests
{
    private static readonly TestParty[] Founders =
        [.. Enumerable.Range(1, 7).Select(number => new TestParty($"founder{number}"))];
    private static readonly TestParty Member = new("member");
    private static readonly TestParty Pending = new("pending");
    private static readonly TestParty Organisation = new("organisation");
    private static readonly TestParty Learner = new("learner");
    private static readonly TestParty Stranger = new("stranger");
    private static readonly TestParty Accused = Founders[5];
    private static readonly TestParty Revoked = Founders[6];
    private static readonly Lazy<(TestLedger Ledger, ulong Open, ulong Approved)> Scene = new(MakeScene);

    public enum Act
    {
        Propose,
        Vote,
        Rotate,
        Activate,
        Accuse,
        VoteOnAccused,
    }

    public static IEnumerable<TestCaseData> Cells()
    {
        const ResultCode yes = ResultCode.Accepted;
        foreach (Act act in Enum.GetValues<Act>())
        {
            bool isActivation = act == Act.Activate;
            yield return Cell("validator", Founders[3], act, yes);
            yield return Cell("member without a seat", Member, act, act == Act.Rotate ? ResultCode.NoSeat : yes);
            yield return Cell("accused", Accused, act,
                act == Act.VoteOnAccused ? ResultCode.AccusedCannotVote : yes);
            yield return Cell("revoked", Revoked, act, ResultCode.SignerRevoked);
            yield return Cell("organisation", Organisation, act,
                isActivation ? yes : ResultCode.NotAMember);
            yield return Cell("pending", Pending, act, ResultCode.NotAMember);
            foreach (TestParty nobody in new[] { Learner, Stranger })
            {
                yield return Cell(nobody.Name, nobody, act,
                    isActivation || act == Act.Rotate ? ResultCode.NotRegistered : ResultCode.NotAMember);
            }
        }
    }

    [TestCaseSource(nameof(Cells))]
    public void Table(TestParty actor, Act act, ResultCode expected)
    {
        (TestLedger ledger, ulong open, ulong approved) = Scene.Value;
        TestParty key = new($"key of {actor.Name}");
        Operation operation = act switch
        {
            Act.Propose => Seats.Propose(Seats.Remove(Founders[0])),
            Act.Vote => Seats.Vote(open),
            Act.Rotate => Seats.Rotate(ledger, actor, actor.VoteKey, key.VoteKey),
            Act.Activate => Seats.Activate(ledger, approved),
            Act.Accuse => Seats.Accuse(Founders[1]),
            Act.VoteOnAccused => Seats.Revoke(Accused),
            _ => throw new ArgumentOutOfRangeException(nameof(act)),
        };
        Assert.That(ledger.Probe(actor, operation).Code, Is.EqualTo(expected));
    }

    private static TestCaseData Cell(string who, TestParty actor, Act act, ResultCode expected) =>
        new TestCaseData(actor, act, expected).SetName($"{act} by {who}");

    private static (TestLedger Ledger, ulong Open, ulong Approved) MakeScene()
    {
        TestLedger ledger = new(Founders);
        ledger.AddMember(Member, InstitutionKind.LearningProvider, Founders[..5]);
        ledger.AddMember(Organisation, InstitutionKind.Organisation, Founders[..6]);
        ledger.Accept(Pending, Calls.Register(Pending));
        ledger.AddLearner(Learner);
        ulong approved = Seats.Approve(ledger, Founders[0], Founders, [], Seats.Remove(Founders[4]));
        ulong open = ledger.Accept(Founders[0], Seats.Propose(Seats.Remove(Founders[1]))).Number;
        ledger.Accept(Founders[0], Seats.Accuse(Revoked));
        foreach (TestParty voter in Founders[1..6])
        {
            ledger.Do(voter, Seats.Revoke(Revoked));
        }

        ledger.Accept(Founders[0], Seats.Accuse(Accused));
        return (ledger, open, approved);
    }
}
