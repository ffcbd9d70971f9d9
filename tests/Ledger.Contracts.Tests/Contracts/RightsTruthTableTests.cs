using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Learners;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Tests.Support;

namespace Ledger.Contracts.Tests.Contracts;

/// <summary>
/// Who may do what: every actor, every set of rights, every action, against a table that says it in another way.
/// </summary>
[TestFixture]
public sealed class RightsTruthTableTests
{
    private static readonly TestParty Writer = new("writer");
    private static readonly TestParty OtherWriter = new("other-writer");
    private static readonly TestParty Former = new("former");
    private static readonly TestParty FormerOfNothing = new("never-wrote");
    private static readonly TestParty Grantee = new("grantee");
    private static readonly TestParty Third = new("third");
    private static readonly TestParty Asker = new("asker");
    private static readonly TestParty None = new("none");
    private static readonly TestParty Learner = new("learner");
    private static readonly TestParty Peer = new("peer");
    private static readonly TestParty Guardian = new("guardian");
    private static readonly TestParty Survivor = new("survivor");
    private static readonly TestParty Code = new("code");
    private static readonly TestParty Unregistered = new("unregistered");
    private static readonly Dictionary<(string, AccessBits, Standing), (TestLedger Ledger, ulong Grant)> Ledgers = [];

    public enum Act
    {
        ReadWriters,
        ReadOthers,
        Insert,
        GrantRead,
        GrantGrantRead,
        GrantWrite,
        GrantGrantWrite,
        RevokeOfLearner,
        DenyRead,
        Enrol,
        Claim,
        EndWritersEnrolment,
        PlanRecovery,
        OptOut,
        OptIn,
        EndGuardianship,
    }

    /// <summary>How it stands with the learner when somebody acts.</summary>
    [Flags]
    public enum Standing
    {
        Plain = 0,
        Guarded = 1,
        OfAge = 2,
        Merged = 4,
        OptedOut = 8,
    }

    public static IEnumerable<TestCaseData> Cells()
    {
        foreach (Act act in Enum.GetValues<Act>())
        {
            yield return Cell("learner", Learner, AccessBits.None, act, act != Act.EndGuardianship);
            yield return Cell("guarded learner", Learner, AccessBits.None, act, IsWards(act), Standing.Guarded);
            yield return Cell("guardian", Guardian, AccessBits.None, act, act != Act.Insert, Standing.Guarded);
            yield return Cell(
                "learner of age", Learner, AccessBits.None, act, act != Act.EndGuardianship, Standing.OfAge);
            yield return Cell("guardian after the date", Guardian, AccessBits.None, act, false, Standing.OfAge);
            yield return Cell("survivor", Survivor, AccessBits.None, act, IsSurvivors(act), Standing.Merged);
            yield return Cell("absorbed address", Learner, AccessBits.None, act, false, Standing.Merged);
            yield return Cell("writer", Writer, AccessBits.None, act,
                IsEnrolledWriters(act) || act == Act.EndWritersEnrolment);
            yield return Cell("other writer", OtherWriter, AccessBits.None, act,
                act == Act.ReadOthers || (act != Act.ReadWriters && IsEnrolledWriters(act)));
            yield return Cell("former writer", Former, AccessBits.None, act,
                act is Act.GrantRead or Act.GrantGrantRead or Act.DenyRead);
            yield return Cell("former that never wrote", FormerOfNothing, AccessBits.None, act, false);
            yield return Cell("none", None, AccessBits.None, act, false);
            yield return Cell("unregistered", Unregistered, AccessBits.None, act, false);
            yield return Cell("another learner", Peer, AccessBits.None, act, false);
            for (AccessBits bits = AccessBits.Read; bits <= AccessBits.All; bits++)
            {
                yield return Cell($"grantee of {bits}", Grantee, bits, act, IsGrantees(bits, act));
                yield return Cell($"another learner with {bits}", Peer, bits, act, IsGrantees(bits, act));
            }
        }
    }

    [TestCaseSource(nameof(Cells))]
    public void Cell_holds(TestParty actor, AccessBits granted, Act act, bool isAllowed, Standing standing)
    {
        (TestLedger ledger, ulong parent) = LedgerFor(actor, granted, standing);
        Assert.That(IsDone(ledger, actor, act, parent), Is.EqualTo(isAllowed));
    }

    // A complete table has a cell for each actor and act; the numbers are counted by hand.
    [Test]
    public void The_table_is_complete()
    {
        const int actors = 14 + (2 * 15);
        TestCaseData[] cells = [.. Cells()];
        Assert.That(cells, Has.Length.EqualTo(actors * Enum.GetValues<Act>().Length));
        Assert.That(cells.Select(cell => string.Join(", ", cell.Arguments)), Is.Unique);
    }

    private static TestCaseData Cell(
        string who,
        TestParty actor,
        AccessBits granted,
        Act act,
        bool isAllowed,
        Standing standing = Standing.Plain)
    {
        // Nobody comes back who has not opted out before.
        Standing full = act == Act.OptIn ? standing | Standing.OptedOut : standing;
        return new TestCaseData(actor, granted, act, isAllowed, full)
            .SetArgDisplayNames(who, act.ToString(), isAllowed ? "yes" : "no");
    }

    private static bool IsEnrolledWriters(Act act) =>
        act is >= Act.ReadWriters and <= Act.DenyRead and not Act.ReadOthers and not Act.RevokeOfLearner;

    private static bool IsWards(Act act) =>
        act is Act.ReadWriters or Act.ReadOthers or Act.Insert or Act.RevokeOfLearner or Act.DenyRead
            or Act.EndWritersEnrolment or Act.OptOut;

    private static bool IsSurvivors(Act act) =>
        act is not Act.Insert and not Act.Enrol and not Act.Claim and not Act.PlanRecovery and not Act.EndGuardianship;

    private static bool IsGrantees(AccessBits bits, Act act)
    {
        bool read = ((int)bits & 1) != 0;
        bool write = ((int)bits & 2) != 0;
        bool grantRead = ((int)bits & 4) != 0;
        bool grantWrite = ((int)bits & 8) != 0;
        return act switch
        {
            Act.ReadWriters or Act.ReadOthers => read,
            Act.Insert => write,
            Act.GrantRead or Act.GrantGrantRead => read && grantRead,
            Act.GrantWrite or Act.GrantGrantWrite => write && grantWrite,
            Act.RevokeOfLearner => false,
            Act.DenyRead => grantRead,
            Act.Enrol or Act.Claim or Act.EndWritersEnrolment or Act.PlanRecovery or Act.OptOut or Act.OptIn
                or Act.EndGuardianship => false,
        };
    }

    private static bool IsDone(TestLedger ledger, TestParty actor, Act act, ulong parent) => act switch
    {
        Act.ReadWriters => ledger.RightsOf(Learner, actor).MayRead(Writer.Address),
        Act.ReadOthers => ledger.RightsOf(Learner, actor).MayRead(OtherWriter.Address),
        Act.Insert => IsAccepted(ledger, actor, Calls.Insert(Learner, 1_000)),
        Act.GrantRead => IsAccepted(ledger, actor, Calls.Grant(Learner, Third, AccessBits.Read, parent)),
        Act.GrantGrantRead => IsAccepted(ledger, actor, Calls.Grant(Learner, Third, AccessBits.GrantRead, parent)),
        Act.GrantWrite => IsAccepted(ledger, actor, Calls.Grant(Learner, Third, AccessBits.Write, parent)),
        Act.GrantGrantWrite => IsAccepted(ledger, actor, Calls.Grant(Learner, Third, AccessBits.GrantWrite, parent)),
        Act.RevokeOfLearner => IsAccepted(ledger, actor, Calls.Revoke(Learner, 1)),
        Act.DenyRead => IsAccepted(ledger, actor, Calls.Deny(Learner, 1)),
        Act.Enrol => IsAccepted(ledger, actor, Calls.Enrol(Learner, Third), Third),
        Act.Claim => IsAccepted(ledger, actor, LearnerCalls.Claim(ledger, Learner, Third, Code)),
        Act.EndWritersEnrolment => IsAccepted(ledger, actor, Calls.EndEnrolment(Learner, Writer)),
        Act.PlanRecovery => IsAccepted(
            ledger, actor, LearnerCalls.Plan(Learner, 1, LearnerCalls.DayMs, Third)),
        Act.OptOut => IsAccepted(ledger, actor, LearnerCalls.OptOut(Learner, OptOutLevel.NoStore)),
        Act.OptIn => IsAccepted(ledger, actor, LearnerCalls.OptOut(Learner, OptOutLevel.None)),
        Act.EndGuardianship => IsAccepted(ledger, actor, LearnerCalls.EndGuardian(Learner)),
    };

    private static bool IsAccepted(
        TestLedger ledger, TestParty actor, Operation operation, params TestParty[] alsoSign)
    {
        OperationResult result = ledger.Probe(ledger.Transaction([actor, .. alsoSign], [operation]));
        if (result.Code != ResultCode.Accepted)
        {
            ResultCode[] expected =
            [
                ResultCode.NoRight, ResultCode.GrantExceedsRight, ResultCode.NotRegistered, ResultCode.Guarded,
                ResultCode.Absorbed, ResultCode.SignerRevoked, ResultCode.NoGuardian, ResultCode.MissingSignature,
            ];
            Assert.That(expected, Does.Contain(result.Code), "refused for another reason");
        }

        return result.Code == ResultCode.Accepted;
    }

    // Probing keeps nothing, so the cells of one actor share a ledger.
    private static (TestLedger Ledger, ulong Grant) LedgerFor(TestParty actor, AccessBits granted, Standing standing)
    {
        (string, AccessBits, Standing) key = (granted == AccessBits.None ? "" : actor.Name, granted, standing);
        if (!Ledgers.TryGetValue(key, out (TestLedger Ledger, ulong Grant) known))
        {
            TestLedger fresh = Fresh();
            ulong grant = granted == AccessBits.None
                ? 0
                : fresh.Accept(Learner, Calls.Grant(Learner, actor, granted)).Number;
            Change(fresh, standing);
            known = (fresh, grant);
            Ledgers.Add(key, known);
        }

        return known;
    }

    private static void Change(TestLedger ledger, Standing standing)
    {
        if (standing.HasFlag(Standing.OptedOut))
        {
            ledger.Accept(Learner, LearnerCalls.OptOut(Learner, OptOutLevel.NoAnchor));
        }

        if (standing.HasFlag(Standing.Merged))
        {
            ledger.Accept(Survivor, LearnerCalls.Merge(Learner), Learner);
        }

        if ((standing & (Standing.Guarded | Standing.OfAge)) != 0)
        {
            long until = ledger.TimeMs + LearnerCalls.DayMs;
            ledger.Accept(Learner, LearnerCalls.Appoint(Learner, Guardian, Writer, until), Guardian, Writer);
            ledger.TimeMs = standing.HasFlag(Standing.OfAge) ? until : ledger.TimeMs;
        }
    }

    private static TestLedger Fresh()
    {
        TestLedger ledger = new(Writer, OtherWriter, Former, FormerOfNothing, Grantee, Third, Asker, None);
        ledger.AddLearner(Learner);
        ledger.AddLearner(Peer);
        ledger.AddLearner(Survivor);
        ledger.Accept(Third, LearnerCalls.Announce(ledger.TimeMs + LearnerLimits.ClaimMs, Code));
        foreach (TestParty school in new[] { Writer, OtherWriter, Former, FormerOfNothing })
        {
            ledger.Enrol(Learner, school);
        }

        ledger.Write(Writer, Learner, 1);
        ledger.Write(OtherWriter, Learner, 2);
        ledger.Write(Former, Learner, 3);
        ledger.Accept(Learner, Calls.PicCreate());
        ledger.Write(Learner, Learner, 4);
        ledger.Accept(Learner, Calls.EndEnrolment(Learner, Former));
        ledger.Accept(Learner, Calls.EndEnrolment(Learner, FormerOfNothing));
        ledger.Accept(Learner, Calls.Grant(Learner, Asker, AccessBits.Write));
        ledger.Accept(Asker, Calls.Request(Learner, AccessBits.Read));
        return ledger;
    }
}
