using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;

namespace Ledger.Contracts.Tests.Contracts;

/// <summary>Requests: they wait, are answered once, end by themselves, and are capped.</summary>
[TestFixture]
public sealed class RequestTests
{
    private const AccessBits Reading = AccessBits.Read | AccessBits.GrantRead;

    private readonly TestParty school = new("school");
    private readonly TestParty[] others = [.. Enumerable.Range(0, 4).Select(number => new TestParty($"other{number}"))];
    private readonly TestParty learner = new("learner");
    private TestLedger ledger = null!;

    [SetUp]
    public void Begin()
    {
        ledger = new TestLedger([school, .. others]);
        ledger.AddLearner(learner);
        ledger.Enrol(learner, school);
        ledger.Write(school, learner, 1);
    }

    [Test]
    public void A_request_appears_once_is_approved_with_what_it_asked_or_less_and_leaves_the_list_wherever_it_stood()
    {
        ledger.Accept(others[0], Calls.Request(learner, Reading));
        ledger.Accept(others[1], Calls.Request(learner, AccessBits.Read));
        ledger.Accept(others[2], Calls.Request(learner, AccessBits.Read | AccessBits.Write));
        ledger.Expect(ResultCode.RequestExists, others[0], Calls.Request(learner, AccessBits.Read));
        Assert.That(Pending(), Is.EqualTo(new ulong[] { 1, 2, 3 }));

        ledger.Expect(
            ResultCode.GrantExceedsRequest, learner, Calls.Approve(learner, others[1], Reading, 2));
        ledger.Expect(ResultCode.NoRequest, learner, Calls.Approve(learner, others[3], AccessBits.Read, 2));
        ledger.Expect(ResultCode.NoRequest, learner, Calls.Approve(learner, others[1], AccessBits.Read, 4));

        ledger.Accept(learner, Calls.Approve(learner, others[2], AccessBits.Read, 3));
        Assert.That(Pending(), Is.EqualTo(new ulong[] { 1, 2 }), "Fewer rights than asked for, and the last place.");
        Assert.That(ledger.RightsOf(learner, others[2]).Bits, Is.EqualTo(AccessBits.Read));
        Assert.That(Of(3).Outcome, Is.EqualTo(RequestOutcome.Approved));
        Assert.That(Of(3).Grant, Is.EqualTo(1));
        Assert.That(Of(3).Interval.ToHeight, Is.EqualTo(ledger.Height));
        Assert.That(ledger.State.Grant(Name(), 1)!.Request, Is.EqualTo(3));
        Assert.That(Events(ContractEventKind.RequestApproved), Is.EqualTo(new ulong[] { 3 }));

        ledger.Accept(learner, Calls.Deny(learner, 2));
        Assert.That(Pending(), Is.EqualTo(new ulong[] { 1 }));
        Assert.That(Of(2).Outcome, Is.EqualTo(RequestOutcome.Denied));
        ledger.Accept(learner, Calls.Approve(learner, others[0], Reading, 1));
        Assert.That(Pending(), Is.Empty);
        ledger.Expect(ResultCode.NoRequest, learner, Calls.Approve(learner, others[0], AccessBits.Read, 1));
    }

    [Test]
    public void A_request_is_approved_only_by_who_may_decide_on_all_of_it()
    {
        ledger.Accept(others[0], Calls.Request(learner, AccessBits.Read | AccessBits.Write));
        ledger.Accept(learner, Calls.Grant(learner, others[1], Reading));
        Operation passOn = Calls.Approve(learner, others[0], AccessBits.Read, 1);
        passOn.LlpcGrant.Parent = 1;
        ledger.Expect(ResultCode.NoRight, others[1], passOn);
        passOn.LlpcGrant.Request = 0;
        ledger.Accept(others[1], passOn);
        Assert.That(Pending(), Is.EqualTo(new ulong[] { 1 }), "A grant by somebody else answers nothing.");
    }

    [Test]
    public void A_grant_by_the_learner_that_names_no_request_answers_the_one_that_it_covers()
    {
        ledger.Accept(others[0], Calls.Request(learner, Reading));
        ledger.Accept(learner, Calls.Grant(learner, others[0], AccessBits.Read));
        Assert.That(Pending(), Is.EqualTo(new ulong[] { 1 }), "Less than was asked for.");
        ledger.Accept(learner, Calls.Grant(learner, others[0], AccessBits.All));
        Assert.That(Pending(), Is.Empty);
        Assert.That((Of(1).Outcome, Of(1).Grant), Is.EqualTo((RequestOutcome.Approved, 2UL)));
    }

    [Test]
    public void A_requester_takes_its_own_request_back()
    {
        ledger.Accept(others[0], Calls.Request(learner, AccessBits.Read));
        ledger.Expect(ResultCode.NoRight, others[1], Calls.Withdraw(learner, 1));
        ledger.Expect(ResultCode.NoRequest, others[0], Calls.Withdraw(learner, 2));
        ledger.Expect(ResultCode.NotRegistered, new TestParty("stranger"), Calls.Withdraw(learner, 1));
        ledger.Accept(others[0], Calls.Withdraw(learner, 1));
        Assert.That(Pending(), Is.Empty);
        Assert.That(Of(1).Outcome, Is.EqualTo(RequestOutcome.Withdrawn));
        Assert.That(ledger.State.OpenRequests(others[0].Address), Is.Zero);
        Assert.That(ledger.State.Expiry, Is.Empty);
        ledger.Expect(ResultCode.NoRequest, others[0], Calls.Withdraw(learner, 1));
    }

    [Test]
    public void A_request_that_nobody_answers_ends_after_30_days_even_before_a_block_closes_it()
    {
        ledger.Accept(others[0], Calls.Request(learner, AccessBits.Read));
        long end = Of(1).Interval.EndUnixMs;
        Assert.That(end - ledger.TimeMs, Is.EqualTo(30L * 86_400_000));
        LedgerState rebuilt = LedgerState.FromEntries(
            ledger.State.Tree.Entries().Select(entry => (entry.Key.Raw, entry.Value)));
        Assert.That(rebuilt.Expiry, Is.EqualTo(ledger.State.Expiry));

        ledger.TimeMs = end - (2 * TestLedger.BlockMs);
        ledger.Block();
        Assert.That(Pending(), Is.EqualTo(new ulong[] { 1 }));
        ledger.Block();
        Assert.That(Pending(), Is.Empty);
        Assert.That((Of(1).Outcome, Of(1).Interval.ToHeight), Is.EqualTo((RequestOutcome.Expired, ledger.Height)));
        Assert.That(Events(ContractEventKind.RequestExpired), Is.EqualTo(new ulong[] { 1 }));
        Assert.That(ledger.State.OpenRequests(others[0].Address), Is.Zero);
        ledger.Expect(ResultCode.NoRequest, learner, Calls.Deny(learner, 1));
        ledger.Accept(others[0], Calls.Request(learner, AccessBits.Read));
    }

    [Test]
    public void What_has_ended_and_is_not_closed_yet_can_be_answered_no_more_and_holds_no_place()
    {
        TestParty other = new("second");
        ledger.AddLearner(other);
        ledger.Enrol(other, school);
        string[] verbs = [.. Enumerable.Range(0, 257).Select(number => $"https://example.org/verb/{number}")];
        ledger.Group([school], [.. verbs.Select(verb => Calls.Create(other, verb))]);
        OperationResult[] asked = ledger.Group([others[0]], [.. verbs.Select(verb =>
            Calls.Request(other, AccessBits.Read, verb))]);
        Assert.That(asked[^1].Code, Is.EqualTo(ResultCode.Accepted));
        ExpiryEntry last = ledger.State.Expiry[^1];
        string verb = verbs.Single(one => StateKeys.Request(new LlpcName(other.Address, one), 1).Equals(last.Key));

        ledger.TimeMs = last.EndUnixMs;
        BlockResult block = ledger.Block(
            ledger.Transaction([other], [Calls.Deny(other, 1, verb)]),
            ledger.Transaction([others[0]], [Calls.Request(other, AccessBits.Read, verb)]));
        Assert.That(
            block.Receipts.Select(receipt => OperationResult.Parser.ParseFrom(receipt.Result.Span).Code),
            Is.EqualTo(new[] { ResultCode.NoRequest, ResultCode.Accepted }));
        Assert.That(Events(ContractEventKind.RequestExpired).Count(), Is.EqualTo(257));
        Assert.That(ledger.State.OpenRequests(others[0].Address), Is.EqualTo(1));
    }

    [Test]
    public void An_institution_has_at_most_4096_requests_that_wait()
    {
        string[] verbs =
            [.. Enumerable.Range(0, LlpcLimits.OpenRequestsMax).Select(number => $"https://example.org/verb/{number}")];
        foreach (string[] some in verbs.Chunk(1_024))
        {
            ledger.Group([school], [.. some.Select(verb => Calls.Create(learner, verb))]);
            OperationResult[] results = ledger.Group(
                [others[0]], [.. some.Select(verb => Calls.Request(learner, AccessBits.Read, verb))]);
            Assert.That(results, Has.All.Matches<OperationResult>(one => one!.Code == ResultCode.Accepted));
        }

        Assert.That(ledger.State.OpenRequests(others[0].Address), Is.EqualTo(LlpcLimits.OpenRequestsMax));
        ledger.Expect(ResultCode.RequesterAtLimit, others[0], Calls.Request(learner, AccessBits.Read));
        ledger.Accept(others[1], Calls.Request(learner, AccessBits.Read));
        ledger.Accept(learner, Calls.Deny(learner, 1, verbs[7]));
        ledger.Accept(others[0], Calls.Request(learner, AccessBits.Read));
    }

    [Test]
    public void Staff_ask_in_the_name_of_their_institution_while_they_are_staff()
    {
        TestParty teacher = new("teacher");
        Operation ask = Calls.Request(learner, AccessBits.Read);
        ask.LlpcRequest.Institution = others[0].Address.ToField();
        ledger.Expect(ResultCode.NoRight, teacher, ask);
        ledger.Accept(others[0], StaffCalls.Appoint(teacher, ledger.TimeMs - 1_000, ledger.TimeMs + 60_000), teacher);
        ledger.Accept(teacher, ask);
        Assert.That(Of(1).Requester.ToByteArray(), Is.EqualTo(others[0].Address.ToArray()));
        Assert.That(ledger.Last!.Events[^1].Actor, Is.EqualTo(teacher.Address));
        ledger.Expect(ResultCode.RequestExists, others[0], Calls.Request(learner, AccessBits.Read));
        ledger.Accept(learner, Calls.Deny(learner, 1));
        ledger.TimeMs += 60_000;
        ledger.Block();
        ledger.Expect(ResultCode.NoRight, teacher, ask);
        ledger.Expect(ResultCode.NotRegistered, teacher, Calls.Request(learner, AccessBits.Read));
    }

    [Test]
    public void A_requester_finds_its_requests_below_its_own_address()
    {
        ledger.Accept(others[0], Calls.Request(learner, AccessBits.Read));
        RequestEntry entry = ledger.State.Find(
            StateKeys.RequestEntry(others[0].Address, Name(), 1), RequestEntry.Parser)!;
        Assert.That((entry.Verb, entry.Height), Is.EqualTo((Calls.Verb, ledger.Height)));
    }

    private LlpcName Name() => new(learner.Address, Calls.Verb);

    private RequestInstance Of(ulong number) => ledger.State.Request(Name(), number)!;

    private IEnumerable<ulong> Pending() =>
        ledger.State.Llpc(Name())!.Pending.Select(request => request.Number);

    private IEnumerable<ulong> Events(ContractEventKind kind) =>
        ledger.Last!.Events.Where(one => one!.Kind == kind).Select(one => one.Number);
}
