using Ledger.Contracts.Execution;
using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Learners;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;

namespace Ledger.Contracts.Tests.Learners;

[TestFixture]
public sealed class MergeTests
{
    private readonly TestParty school = new("school");
    private readonly TestParty reader = new("reader");
    private readonly TestParty old = new("old");
    private readonly TestParty learner = new("learner");
    private readonly TestParty guardian = new("guardian");
    private TestLedger ledger = null!;

    [SetUp]
    public void Begin()
    {
        ledger = new TestLedger(school, reader);
        ledger.AddLearner(old);
        ledger.AddLearner(learner);
        ledger.Enrol(old, school);
        ledger.Enrol(learner, school);
        ledger.Write(school, old, 1);
    }

    [Test]
    public void The_survivor_reads_and_grants_and_the_absorbed_key_is_refused_from_that_height_on()
    {
        ulong before = ledger.Accept(old, Calls.Grant(old, reader, AccessBits.Read)).Number;
        ledger.Accept(old, Calls.EncryptionKey(old));
        Assert.That(ledger.RightsOf(old, learner).Bits, Is.EqualTo(AccessBits.None));

        ledger.Accept(learner, LearnerCalls.Merge(old), old);
        Assert.That(ledger.Last!.Events.Single(), Has
            .Property("Kind").EqualTo(ContractEventKind.LearnerMerged)
            .And.Property("Learner").EqualTo(old.Address).And.Property("Subject").EqualTo(learner.Address));
        Assert.That(ledger.RightsOf(old, learner).MayRead(school.Address), Is.True);
        Assert.That(ledger.RightsOf(old, old).Bits, Is.EqualTo(AccessBits.None));
        Assert.That(ledger.State.CurrentKey(old.Address), Is.Null);
        Assert.That(ledger.State.CurrentEncryptionKey(old.Address), Is.Null);

        ledger.Expect(ResultCode.SignerRevoked, old, Calls.Revoke(old, before));
        ledger.Accept(learner, Calls.Revoke(old, before));
        ledger.Accept(learner, Calls.Grant(old, reader, AccessBits.Read));
        ledger.Accept(learner, Calls.EndEnrolment(old, school));

        // Nothing begins anew with an address that stands for another.
        ledger.Expect(ResultCode.Absorbed, school, Calls.Enrol(old, school), learner);
        ledger.Expect(ResultCode.NoRight, learner, Calls.UicInsert(old));
    }

    [Test]
    public void A_merge_is_refused_with_its_codes()
    {
        ledger.Expect(ResultCode.MissingSignature, learner, LearnerCalls.Merge(old));
        ledger.Expect(ResultCode.Malformed, learner, LearnerCalls.Merge(learner));
        ledger.Expect(ResultCode.NotALearner, learner, LearnerCalls.Merge(school), school);
        ledger.Expect(ResultCode.NotALearner, school, LearnerCalls.Merge(old), old);
        Merge(old, learner);
        TestParty third = new("third");
        ledger.AddLearner(third);
        ledger.Expect(ResultCode.Absorbed, third, LearnerCalls.Merge(old), learner);
    }

    // One transaction is signed as a whole: its second group must not make a ring of the first.
    [Test]
    public void Two_addresses_never_merge_into_each_other()
    {
        Operation[] there = [LearnerCalls.Merge(old)];
        Operation[] back = [LearnerCalls.Merge(learner).By(1)];
        BlockResult block = ledger.Block(ledger.Transaction([learner, old], there, back));
        ResultCode[] codes = [.. block.Receipts.Select(receipt =>
            OperationResult.Parser.ParseFrom(receipt.Result.Span).Code)];
        Assert.That(codes, Is.EqualTo(new[] { ResultCode.Accepted, ResultCode.Absorbed }));
        Assert.That(ledger.State.SurvivorOf(old.Address), Is.EqualTo(learner.Address));
    }

    [Test]
    public void Merges_follow_one_another_eight_times_at_most()
    {
        TestParty[] chain = [.. Enumerable.Range(0, 10).Select(number => new TestParty($"link{number}"))];
        foreach (TestParty link in chain)
        {
            ledger.AddLearner(link);
        }

        for (int place = 1; place <= LearnerLimits.MergeDepthMax; place++)
        {
            Merge(chain[place - 1], chain[place]);
        }

        TestParty last = chain[LearnerLimits.MergeDepthMax];
        Assert.That(ledger.State.SurvivorOf(chain[0].Address), Is.EqualTo(last.Address));
        ledger.Expect(ResultCode.MergeTooDeep, chain[9], LearnerCalls.Merge(last), last);
        Merge(old, last);
    }

    [Test]
    public void No_more_than_64_addresses_are_merged_into_one()
    {
        TestParty[] many =
            [.. Enumerable.Range(0, LearnerLimits.AbsorbedMax + 1).Select(number => new TestParty($"many{number}"))];
        foreach (TestParty one in many)
        {
            ledger.AddLearner(one);
        }

        foreach (TestParty one in many[..^1])
        {
            Merge(one, learner);
        }

        ledger.Expect(ResultCode.TooManyMerges, learner, LearnerCalls.Merge(many[^1]), many[^1]);
    }

    [Test]
    public void A_guardian_signs_the_merge_of_its_ward()
    {
        Appoint(old);
        ledger.Expect(ResultCode.Guarded, learner, LearnerCalls.Merge(old), old);
        ledger.Accept(learner, LearnerCalls.Merge(old), old, guardian);
        Assert.That(ledger.State.GuardianOf(old.Address, ledger.TimeMs), Is.Null, "its guardianship has ended");
        Assert.That(ledger.RightsOf(old, guardian).Bits, Is.EqualTo(AccessBits.None));

        TestParty third = new("third");
        ledger.AddLearner(third);
        Appoint(learner);
        ledger.Expect(ResultCode.Guarded, learner, LearnerCalls.Merge(third), third);
        ledger.Accept(learner, LearnerCalls.Merge(third), third, guardian);
        ledger.Accept(guardian, Calls.Grant(old, reader, AccessBits.Read));
        ledger.Expect(ResultCode.Guarded, learner, Calls.Grant(old, reader, AccessBits.Read));
    }

    [Test]
    public void A_guardian_that_merges_stays_the_guardian()
    {
        TestParty parent = new("parent");
        ledger.AddLearner(guardian);
        ledger.AddLearner(parent);
        Appoint(learner);
        Merge(guardian, parent);
        ledger.Write(school, learner, 2);
        ledger.Accept(parent, Calls.Grant(learner, reader, AccessBits.Read));
        ledger.Accept(parent, LearnerCalls.EndGuardian(learner));
    }

    private void Appoint(TestParty ward) => ledger.Accept(
        ward,
        LearnerCalls.Appoint(ward, guardian, school, ledger.TimeMs + LearnerCalls.DayMs),
        guardian,
        school);

    private void Merge(TestParty absorbed, TestParty survivor) =>
        ledger.Accept(survivor, LearnerCalls.Merge(absorbed), absorbed);
}
