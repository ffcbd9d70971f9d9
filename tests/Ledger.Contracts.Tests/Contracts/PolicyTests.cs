using Ledger.Contracts.Execution;
using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Policies;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;
using Ledger.Contracts.Transactions;

namespace Ledger.Contracts.Tests.Contracts;

/// <summary>Consent policies: adopted by vote, and obeyed by the grants that name them.</summary>
[TestFixture]
public sealed class PolicyTests
{
    private const AccessBits Reading = AccessBits.Read | AccessBits.GrantRead;

    private readonly TestParty[] schools =
        [.. Enumerable.Range(0, 4).Select(number => new TestParty($"school{number}"))];
    private readonly TestParty learner = new("learner");
    private TestLedger ledger = null!;
    private ulong measures;

    [SetUp]
    public void Begin()
    {
        measures = 0;
        ledger = new TestLedger(schools);
        ledger.AddLearner(learner);
        ledger.Enrol(learner, schools[0]);
        ledger.Write(schools[0], learner, 1);
    }

    [Test]
    public void Members_adopt_a_policy_its_next_version_and_retire_it()
    {
        OperationResult adopted = Decide(TestPolicies.Adopt(TestPolicies.Template()));
        Assert.That(adopted.WithoutEffect, Is.EqualTo(ResultCode.Unspecified));
        Assert.That(ledger.State.PolicyCount(), Is.EqualTo(1));
        PolicyVersion first = ledger.State.Policy(TestPolicies.Name(1))!;
        Assert.That(first.Template, Is.EqualTo(TestPolicies.Template()));
        Assert.That(first.Interval.FromHeight, Is.EqualTo(ledger.Height));

        PolicyTemplate next = TestPolicies.Template();
        next.DaysMax = 30;
        Decide(TestPolicies.Adopt(next, 1));
        Assert.That(ledger.State.PolicyCount(), Is.EqualTo(1));
        Assert.That(ledger.State.Policy(TestPolicies.Name(1))!.Interval.ToHeight, Is.EqualTo(ledger.Height));
        Assert.That(ledger.State.Policy(TestPolicies.Name(1, 2))!.Template.DaysMax, Is.EqualTo(30));

        Decide(TestPolicies.Retire(1));
        Assert.That(ledger.State.Policy(TestPolicies.Name(1, 2))!.Interval.ToHeight, Is.EqualTo(ledger.Height));
        ledger.Expect(ResultCode.NoPolicy, schools[0], TestPolicies.Retire(1));
        ledger.Expect(ResultCode.NoPolicy, schools[0], TestPolicies.Retire(2));
        ledger.Expect(ResultCode.NoPolicy, schools[0], TestPolicies.Adopt(TestPolicies.Template(), 2));
        Decide(TestPolicies.Adopt(TestPolicies.Template(), 1));
        Assert.That(ledger.State.Policy(TestPolicies.Name(1, 3))!.Interval.ToHeight, Is.Zero, "It comes back.");
    }

    [Test]
    public void A_policy_that_was_retired_meanwhile_is_retired_without_effect()
    {
        Decide(TestPolicies.Adopt(TestPolicies.Template()));
        ledger.Accept(schools[0], TestPolicies.Retire(1));
        ulong second = ++measures;
        Decide(TestPolicies.Retire(1));
        OperationResult result = ledger.Accept(schools[1], Calls.VoteOn(second));
        result = result.Ballot == BallotState.Open ? ledger.Accept(schools[2], Calls.VoteOn(second)) : result;
        Assert.That(result.WithoutEffect, Is.EqualTo(ResultCode.NoPolicy));
    }

    [Test]
    public void Templates_of_wrong_form_are_refused()
    {
        foreach (Action<PolicyTemplate> change in new Action<PolicyTemplate>[]
        {
            policy => policy.Texts.Clear(),
            policy => policy.Texts.Add(policy.Texts[0].Clone()),
            policy => policy.Texts[0].Language = "EN",
            policy => policy.Texts[0].Title = "",
            policy => policy.Texts[0].Text = " ",
            policy => policy.Texts[0].Text = "bell\a",
            policy => policy.Texts[0].Text = new string('x', PolicyLimits.TextBytesMax + 1),
            policy => policy.Texts.Add(Enumerable.Range(10, PolicyLimits.TextsMax).Select(number =>
                new PolicyText { Language = $"x-{number}", Title = "t", Text = "t" })),
            policy => policy.Verbs.Add("completed"),
            policy => policy.Verbs.Add(["urn:b", "urn:a"]),
            policy => policy.Rights = null,
            policy => policy.Rights = new Rights(),
            policy => policy.Signatories = PolicySignatories.Unspecified,
            policy => policy.Signatories = (PolicySignatories)9,
            policy => policy.OnwardSteps = 3,
            policy => policy.Purposes.Add("advice"),
            policy => policy.Places.Add("two words"),
            policy => policy.DaysMax = PolicyLimits.DaysMax + 1,
            policy => policy.RetentionDays = PolicyLimits.DaysMax + 1,
            policy => policy.WithdrawalDays = PolicyLimits.DaysMax + 1,
        })
        {
            PolicyTemplate template = TestPolicies.Template();
            change(template);
            TransactionBody body = TestTransaction.Body(1, 5_000, [schools[0]], [TestPolicies.Adopt(template)]);
            Assert.That(
                TestTransaction.Read(body, ledger.ChainId).Refusal,
                Is.EqualTo(TransactionRefusal.Malformed),
                template.ToString());
        }
    }

    [Test]
    public void A_grant_that_violates_a_public_clause_is_refused_with_the_clauses_name()
    {
        Adopt(policy => policy.Verbs.Add("urn:other"));
        Adopt(policy => policy.Rights = new Rights { Read = true });
        Adopt(policy => policy.DaysMax = 7);
        Adopt(policy => policy.OnwardSteps = 0);
        Violates(PolicyClause.Verbs, learner, Grant(AccessBits.Read).Under(TestPolicies.Name(1)));
        Violates(PolicyClause.Rights, learner, Grant(AccessBits.Read | AccessBits.Write).Under(TestPolicies.Name(2)));
        Violates(PolicyClause.Duration, learner, Grant(AccessBits.Read).Under(TestPolicies.Name(3)));
        long week = ledger.TimeMs + TestLedger.BlockMs + (7 * BlockDay.LengthMs);
        Violates(PolicyClause.Duration, learner, Grant(AccessBits.Read, week + 1).Under(TestPolicies.Name(3)));
        ledger.Accept(learner, Grant(AccessBits.Read, week).Under(TestPolicies.Name(3)));
        Violates(PolicyClause.OnwardSharing, learner, Grant(Reading).Under(TestPolicies.Name(4)));
        ulong number = ledger.Accept(learner, Grant(AccessBits.Read).Under(TestPolicies.Name(4))).Number;
        Assert.That(
            ledger.State.Grant(new LlpcName(learner.Address, Calls.Verb), number)!.Policy,
            Is.EqualTo(TestPolicies.Name(4)));
    }

    [TestCase(PolicySignatories.Learner, true, false, true)]
    [TestCase(PolicySignatories.Institution, false, true, true)]
    [TestCase(PolicySignatories.Either, true, true, true)]
    [TestCase(PolicySignatories.Both, false, false, true)]
    public void Signatories_are_the_learner_its_institution_either_or_both(
        PolicySignatories signatories, bool byLearner, bool bySchool, bool together)
    {
        Adopt(policy => policy.Signatories = signatories);
        Operation grant = Grant(AccessBits.Read).Under(TestPolicies.Name(1));
        void Check(bool allowed, TestParty actor, params TestParty[] alsoSign)
        {
            OperationResult result = ledger.Do(actor, grant, alsoSign);
            Assert.That(result.Code, Is.EqualTo(allowed ? ResultCode.Accepted : ResultCode.PolicyViolated));
            Assert.That(result.Clause == PolicyClause.Signatories, Is.Not.EqualTo(allowed));
        }

        Check(byLearner, learner);
        Check(bySchool, schools[0]);
        Check(together, learner, schools[0]);
        Check(byLearner, learner, schools[2]);
    }

    [Test]
    public void What_is_passed_on_stands_under_the_policy_of_its_parent_also_when_that_was_retired()
    {
        Adopt(policy =>
        {
            policy.OnwardSteps = 1;
            policy.Signatories = PolicySignatories.Learner;
        });
        Adopt(_ => { });
        ledger.Accept(learner, Grant(Reading).Under(TestPolicies.Name(1)));
        Decide(TestPolicies.Retire(1));

        Operation PassOn(AccessBits bits) => Calls.Grant(learner, schools[2], bits, 1);
        Violates(PolicyClause.Signatories, schools[1], PassOn(AccessBits.Read));
        Violates(PolicyClause.OnwardSharing, schools[1], PassOn(AccessBits.Read).Under(TestPolicies.Name(2)), learner);
        Violates(PolicyClause.OnwardSharing, schools[1], PassOn(Reading), learner);
        ulong number = ledger.Accept(schools[1], PassOn(AccessBits.Read), learner).Number;
        Assert.That(
            ledger.State.Grant(new LlpcName(learner.Address, Calls.Verb), number)!.Policy,
            Is.EqualTo(TestPolicies.Name(1)));
        ledger.Expect(ResultCode.NoPolicy, learner, Grant(AccessBits.Read).Under(TestPolicies.Name(1)));
        ledger.Expect(ResultCode.NoPolicy, learner, Grant(AccessBits.Read).Under(TestPolicies.Name(2, 2)));
    }

    [Test]
    public void A_request_names_a_policy_that_is_in_force_and_allows_it()
    {
        Adopt(policy => policy.Rights = new Rights { Read = true });
        Operation Ask(AccessBits bits) => Calls.Request(learner, bits).Under(TestPolicies.Name(1));
        Violates(PolicyClause.Rights, schools[1], Ask(AccessBits.Write));
        ledger.Expect(
            ResultCode.NoPolicy,
            schools[1],
            Calls.Request(learner, AccessBits.Read).Under(TestPolicies.Name(3)));
        ledger.Accept(schools[1], Ask(AccessBits.Read));
        Assert.That(
            ledger.State.Request(new LlpcName(learner.Address, Calls.Verb), 1)!.Policy,
            Is.EqualTo(TestPolicies.Name(1)));
    }

    [Test]
    public void No_more_than_1024_policies_can_be_chosen_from()
    {
        LedgerState full = ledger.State;
        Assert.That(PolicyLimits.PoliciesMax, Is.EqualTo(1_024));
        StateKey key = StateKeys.PolicyCount;
        byte[] count = Google.Protobuf.MessageExtensions.ToByteArray(new PolicyCount { Count = 1_024 });
        IEnumerable<(ReadOnlyMemory<byte>, ReadOnlyMemory<byte>)> entries = full.Tree.Entries()
            .Select(entry => (entry.Key.Raw, entry.Value))
            .Append((key.Raw, count));
        Assert.That(
            PolicyRefusal(LedgerState.FromEntries(entries), TestPolicies.Adopt(TestPolicies.Template())),
            Is.EqualTo(ResultCode.TooManyPolicies));
    }

    private ResultCode PolicyRefusal(LedgerState state, Operation operation) =>
        OperationResult.Parser.ParseFrom(Ledger.Contracts.Execution.BlockExecutor.Execute(
            state,
            ledger.Records,
            new Ledger.Contracts.Execution.BlockContext(
                ledger.Height + 1, ledger.TimeMs + TestLedger.BlockMs, ledger.ChainId, ledger.Heads),
            [ledger.Transaction([schools[0]], [operation])]).Receipts[0].Result.Span).Code;

    private Operation Grant(AccessBits bits, long end = 0) => Calls.Grant(learner, schools[1], bits, 0, end);

    private void Violates(PolicyClause clause, TestParty actor, Operation operation, params TestParty[] alsoSign) =>
        Assert.That(
            ledger.Expect(ResultCode.PolicyViolated, actor, operation, alsoSign).Clause, Is.EqualTo(clause));

    private void Adopt(Action<PolicyTemplate> change)
    {
        PolicyTemplate template = TestPolicies.Template();
        change(template);
        Decide(TestPolicies.Adopt(template));
    }

    // Of four members three decide.
    private OperationResult Decide(Operation proposal)
    {
        ledger.Accept(schools[0], proposal);
        ulong measure = ++measures;
        ledger.Accept(schools[1], Calls.VoteOn(measure));
        OperationResult result = ledger.Accept(schools[2], Calls.VoteOn(measure));
        Assert.That(result.Ballot, Is.EqualTo(BallotState.Approved));
        return result;
    }
}
