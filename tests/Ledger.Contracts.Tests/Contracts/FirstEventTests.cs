using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;

namespace Ledger.Contracts.Tests.Contracts;

/// <summary>What an event costs the ledger: the first of its learner and verb, and those after it.</summary>
[TestFixture]
public sealed class FirstEventTests
{
    private readonly TestParty school = new("school");
    private readonly TestParty learner = new("learner");
    private TestLedger ledger = null!;

    [SetUp]
    public void Begin()
    {
        ledger = new TestLedger(school);
        ledger.AddLearner(learner);
        ledger.Enrol(learner, school);
        ledger.Accept(school, Calls.PicCreate());
    }

    [Test]
    public void The_first_event_of_a_verb_makes_llpc_entries_and_record_in_one_group_and_a_second_one_record_only()
    {
        OperationResult[] first = ledger.Group([school], First(1));
        Assert.That(first, Has.Length.EqualTo(4));
        Assert.That(first.Select(result => result.Code), Is.All.EqualTo(ResultCode.Accepted));
        Assert.That(ledger.State.Llpc(Name())!.CreatedHeight, Is.EqualTo(ledger.Height));
        Assert.That(ledger.State.OpenNumber(StateKeys.UserIndexEntries(Name(), school.Address)), Is.EqualTo(1));
        Assert.That(ledger.State.OpenNumber(StateKeys.ProviderIndexEntries(school.Address, Name())), Is.EqualTo(1));
        Assert.That(ledger.State.RecordRange(Name(), school.Address).Count, Is.EqualTo(1));

        Assert.That(ledger.Group([school], Calls.Insert(learner, 2)), Has.Length.EqualTo(1));
        Assert.That(
            ledger.Last!.Events.Select(one => one.Kind), Is.EqualTo(new[] { ContractEventKind.RecordsInserted }));
        Assert.That(ledger.Last.Changes.Select(change => change.Key.Kind), Does.Contain(StateKind.RecordRange));
        Assert.That(
            ledger.Last.Changes.Select(change => change.Key.Kind),
            Has.None.EqualTo(StateKind.Llpc)
                .And.None.EqualTo(StateKind.UserIndexEntry)
                .And.None.EqualTo(StateKind.ProviderIndexEntry));
        Assert.That(ledger.State.RecordRange(Name(), school.Address).Count, Is.EqualTo(2));
    }

    [Test]
    public void A_first_event_whose_record_is_refused_leaves_no_llpc_and_no_entry()
    {
        string verb = "https://example.org/other";
        ledger.Group([school], First(1));
        OperationResult[] second = ledger.Group(
            [school],
            Calls.Create(learner, verb),
            Calls.UicInsert(learner, verb),
            Calls.PicInsert(learner, verb),
            Calls.Insert(learner, verb, 1));
        Assert.That(second[^1].Code, Is.EqualTo(ResultCode.Conflict));
        Assert.That(second[..^1].Select(result => result.Code), Is.All.EqualTo(ResultCode.GroupRefused));
        LlpcName name = new(learner.Address, verb);
        Assert.That(ledger.State.Llpc(name), Is.Null);
        Assert.That(ledger.State.OpenNumber(StateKeys.UserIndexEntries(name, school.Address)), Is.Zero);
    }

    private Operation[] First(ulong statement) =>
    [
        Calls.Create(learner), Calls.UicInsert(learner), Calls.PicInsert(learner), Calls.Insert(learner, statement),
    ];

    private LlpcName Name() => new(learner.Address, Calls.Verb);
}
