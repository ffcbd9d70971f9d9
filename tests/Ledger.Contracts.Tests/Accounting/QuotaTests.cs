using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;

namespace Ledger.Contracts.Tests.Accounting;

/// <summary>How much work the members allow an institution in a day.</summary>
[TestFixture]
public sealed class QuotaTests
{
    private const long DayMs = 86_400_000;

    private readonly TestParty[] schools =
        [.. Enumerable.Range(1, 4).Select(number => new TestParty($"school{number}"))];
    private TestLedger ledger = null!;

    private TestParty Busy => schools[3];

    [SetUp]
    public void Begin() => ledger = new TestLedger(schools);

    [Test]
    public void An_institution_over_its_quota_waits_for_the_next_day()
    {
        Set(Busy, 300);
        while (ledger.State.Usage(Busy.Address).DayWorkUnits < 300)
        {
            ledger.Accept(Busy, Calls.EncryptionKey(Busy));
        }

        ledger.Expect(ResultCode.OverQuota, Busy, Calls.PicCreate());
        ledger.Accept(schools[0], Calls.PicCreate());
        ledger.TimeMs += DayMs;
        ledger.Accept(Busy, Calls.PicCreate());
    }

    [Test]
    public void Over_its_quota_an_institution_still_keeps_its_duties_and_denies_and_revokes()
    {
        TestParty learner = new("learner");
        ledger.AddLearner(learner);
        Set(Busy, 1);
        ledger.Accept(Busy, Calls.Endpoint("https://a.org"));
        ledger.Expect(ResultCode.OverQuota, Busy, Calls.PicCreate());
        ledger.Accept(Busy, Calls.Endpoint("https://b.org"));
        ledger.Accept(Busy, Calls.Settle());
        ledger.Expect(ResultCode.NoLlpc, Busy, Calls.Revoke(learner, 1));
        ledger.Expect(ResultCode.NoLlpc, Busy, Calls.Deny(learner, 1));
        ledger.Expect(ResultCode.NoLlpc, Busy, Calls.Renounce(learner, 1));
    }

    [Test]
    public void The_members_may_lift_a_quota()
    {
        Set(Busy, 1);
        ledger.Accept(Busy, Calls.Settle());
        ledger.Expect(ResultCode.OverQuota, Busy, Calls.PicCreate());
        Set(Busy, 0);
        ledger.Accept(Busy, Calls.PicCreate());
    }

    [Test]
    public void A_quota_is_for_an_institution_that_the_ledger_knows() => ledger.Expect(
        ResultCode.NotRegistered, schools[0], Proposal(new TestParty("stranger"), 1));

    private void Set(TestParty who, ulong units)
    {
        ulong number = ledger.Accept(schools[0], Proposal(who, units)).Number;
        ledger.Accept(schools[1], Calls.VoteOn(number));
        OperationResult last = ledger.Accept(schools[2], Calls.VoteOn(number));
        Assert.That(last.Ballot, Is.EqualTo(BallotState.Approved));
    }

    private static Operation Proposal(TestParty who, ulong units) => new()
    {
        MeasurePropose = new MeasurePropose
        {
            Measure = new Measure
            {
                Quota = new SetQuota { Institution = who.Address.ToField(), DayWorkUnits = units },
            },
        },
    };
}
