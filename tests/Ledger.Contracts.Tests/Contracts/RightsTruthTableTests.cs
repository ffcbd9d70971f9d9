using Ledger.Contracts.LearnerProvider;
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
    private static readonly TestParty Guardian = new("guardian");
    private static readonly TestParty Unregistered = new("unregistered");
    private static readonly Dictionary<(string Actor, AccessBits Granted), (TestLedger Ledger, ulong Grant)> Ledgers =
        [];

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
    }

    public static IEnumerable<TestCaseData> Cells()
    {
        foreach (Act act in Enum.GetValues<Act>())
        {
            yield return Cell("learner", Learner, AccessBits.None, act, true);
            yield return Cell("writer", Writer, AccessBits.None, act, IsEnrolledWriters(act));
            yield return Cell("other writer", OtherWriter, AccessBits.None, act,
                act == Act.ReadOthers || (act != Act.ReadWriters && IsEnrolledWriters(act)));
            yield return Cell("former writer", Former, AccessBits.None, act,
                act is Act.GrantRead or Act.GrantGrantRead or Act.DenyRead);
            yield return Cell("former that never wrote", FormerOfNothing, AccessBits.None, act, false);
            yield return Cell("none", None, AccessBits.None, act, false);
            yield return Cell("unregistered", Unregistered, AccessBits.None, act, false);
            yield return Cell("guardian without a grant", Guardian, AccessBits.None, act, false);
            for (AccessBits bits = AccessBits.Read; bits <= AccessBits.All; bits++)
            {
                yield return Cell($"grantee of {bits}", Grantee, bits, act, IsGrantees(bits, act));
                yield return Cell($"guardian with {bits}", Guardian, bits, act, IsGrantees(bits, act));
            }
        }
    }

    [TestCaseSource(nameof(Cells))]
    public void Cell_holds(TestParty actor, AccessBits granted, Act act, bool isAllowed)
    {
        (TestLedger ledger, ulong parent) = LedgerFor(actor, granted);
        Assert.That(IsDone(ledger, actor, act, parent), Is.EqualTo(isAllowed));
    }

    private static TestCaseData Cell(string who, TestParty actor, AccessBits granted, Act act, bool isAllowed) =>
        new TestCaseData(actor, granted, act, isAllowed)
            .SetArgDisplayNames(who, act.ToString(), isAllowed ? "yes" : "no");

    private static bool IsEnrolledWriters(Act act) => act is not Act.ReadOthers and not Act.RevokeOfLearner;

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
    };

    private static bool IsAccepted(TestLedger ledger, TestParty actor, Operation operation)
    {
        OperationResult result = ledger.Probe(actor, operation);
        if (result.Code != ResultCode.Accepted)
        {
            ResultCode[] expected =
                [ResultCode.NoRight, ResultCode.GrantExceedsRight, ResultCode.NotRegistered];
            Assert.That(expected, Does.Contain(result.Code), "refused for another reason");
        }

        return result.Code == ResultCode.Accepted;
    }

    // Probing keeps nothing, so the cells of one actor share a ledger.
    private static (TestLedger Ledger, ulong Grant) LedgerFor(TestParty actor, AccessBits granted)
    {
        (string, AccessBits) key = granted == AccessBits.None ? ("", granted) : (actor.Name, granted);
        if (!Ledgers.TryGetValue(key, out (TestLedger Ledger, ulong Grant) known))
        {
            TestLedger fresh = Fresh();
            ulong grant = granted == AccessBits.None
                ? 0
                : fresh.Accept(Learner, Calls.Grant(Learner, actor, granted)).Number;
            known = (fresh, grant);
            Ledgers.Add(key, known);
        }

        return known;
    }

    private static TestLedger Fresh()
    {
        TestLedger ledger = new(Writer, OtherWriter, Former, FormerOfNothing, Grantee, Third, Asker, None);
        ledger.AddLearner(Learner);
        ledger.AddLearner(Guardian);
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
