using Ledger.Contracts.Execution;
using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;
using Ledger.Contracts.Transactions;
using Ledger.Contracts.Verbs;

namespace Ledger.Contracts.Tests.Verbs;

/// <summary>
/// Members add verbs and say which mean the same; codes are short names and equivalences widen searches.
/// </summary>
[TestFixture]
public sealed class VerbRegistryTests
{
    private const string Other = "http://activitystrea.ms/schema/1.0/complete";
    private const string New = "https://bookroll.example/verb/highlighted";
    private readonly TestParty[] schools =
        [.. Enumerable.Range(0, 4).Select(number => new TestParty($"school{number}"))];
    private readonly TestParty learner = new("learner");
    private TestLedger ledger = null!;

    [SetUp]
    public void Begin() => ledger = new TestLedger(schools);

    [Test]
    public void Members_add_a_verb_by_vote_and_the_registry_has_a_new_version()
    {
        Decide(Add(2_000, New));

        Assert.That(ledger.State.VerbRegistry().Version, Is.EqualTo(1));
        RegisteredVerb added = ledger.State.RegisteredVerb(2_000)!;
        Assert.That(added.Verb.Iri, Is.EqualTo(New));
        Assert.That(added.Height, Is.EqualTo(ledger.Height));
        Assert.That(ledger.State.VerbClaim(New)!.Code, Is.EqualTo(2_000));
        Assert.That(
            ledger.Last!.Events.Single(one => one.Kind == ContractEventKind.VerbsChanged).Number, Is.EqualTo(1));
    }

    [Test]
    public void Until_q_have_approved_nothing_is_added()
    {
        ledger.Accept(schools[0], Propose(Add(2_000, New)));
        ledger.Accept(schools[1], Calls.VoteOn(1));

        Assert.That(ledger.State.VerbRegistry().Version, Is.Zero);
        Assert.That(ledger.State.RegisteredVerb(2_000), Is.Null);
    }

    [Test]
    public void Before_the_first_change_the_standard_table_is_the_registry() => Assert.Multiple(() =>
    {
        Assert.That(ledger.State.VerbRegistry().Version, Is.Zero);
        Assert.That(VerbTable.Standard.TryGet(0, out _), Is.True);
        Assert.That(VerbTable.Standard.TryGet(1000, out _), Is.True);
    });

    [Test]
    public void An_equivalence_is_an_instance_that_can_be_withdrawn_and_made_again()
    {
        VerbPair pair = Pair(Calls.Verb, Other);
        Decide(new ChangeVerbs { Join = { pair } });
        Decide(new ChangeVerbs { Withdraw = { pair } });
        ulong withdrawn = ledger.Height;
        Decide(new ChangeVerbs { Join = { pair } });

        IReadOnlyList<EquivalenceInstance> instances =
            ledger.State.Instances(StateKeys.Equivalences(pair), EquivalenceInstance.Parser);
        Assert.That(instances.Select(one => one.Interval.ToHeight), Is.EqualTo(new[] { withdrawn, 0UL }));
        Assert.That(instances.Select(one => one.Version), Is.EqualTo(new ulong[] { 1, 3 }));
        Assert.That(ledger.State.VerbRegistry().Equivalences, Is.EqualTo(1));
    }

    [Test]
    public void Changes_that_the_registry_does_not_allow_are_refused_with_their_codes()
    {
        Decide(Add(2_000, New));
        VerbPair pair = Pair(Calls.Verb, Other);
        Decide(new ChangeVerbs { Join = { pair } });

        ledger.Expect(ResultCode.VerbCodeTaken, schools[0], Propose(Add(2_000, New + "/2")));
        ledger.Expect(ResultCode.VerbHasCode, schools[0], Propose(Add(2_001, New)));
        ledger.Expect(ResultCode.VerbHasCode, schools[0], Propose(Add(2_001, VerbTable.Standard.All.First().Iri)));
        ledger.Expect(ResultCode.EquivalenceExists, schools[0], Propose(new ChangeVerbs { Join = { pair } }));
        ledger.Expect(
            ResultCode.NoEquivalence, schools[0], Propose(new ChangeVerbs { Withdraw = { Pair(New, Other) } }));
    }

    [Test]
    public void No_more_than_4096_equivalences_are_open()
    {
        for (int measure = 0; measure < VerbLimits.EquivalencesMax / VerbLimits.ChangesMax; measure++)
        {
            ChangeVerbs change = new();
            change.Join.AddRange(Enumerable.Range(0, VerbLimits.ChangesMax).Select(place => Pair(
                $"https://a.example/{measure}/{place}", $"https://b.example/{measure}/{place}")));
            Decide(change);
        }

        VerbPair one = Pair(Calls.Verb, Other);
        ledger.Expect(ResultCode.TooManyEquivalences, schools[0], Propose(new ChangeVerbs { Join = { one } }));
        Decide(new ChangeVerbs
        {
            Join = { one }, Withdraw = { Pair("https://a.example/0/0", "https://b.example/0/0") },
        });
        Assert.That(ledger.State.VerbRegistry().Equivalences, Is.EqualTo(VerbLimits.EquivalencesMax));
    }

    [Test]
    public void Two_measures_that_want_the_same_code_are_one_change_and_one_without_effect()
    {
        ledger.Accept(schools[0], Propose(Add(2_000, New)));
        ledger.Accept(schools[1], Propose(Add(2_000, New + "/2")));
        Approve(1);
        Approve(2);

        Assert.That(ledger.State.RegisteredVerb(2_000)!.Verb.Iri, Is.EqualTo(New));
        Assert.That(ledger.State.Measure(2)!.WithoutEffect, Is.EqualTo(ResultCode.VerbCodeTaken));
        Assert.That(ledger.State.VerbRegistry().Version, Is.EqualTo(1));
    }

    [Test]
    public void An_equivalence_gives_nobody_a_right()
    {
        ledger.AddLearner(learner);
        ledger.Enrol(learner, schools[0]);
        ledger.Write(schools[0], learner, 1);
        ledger.Accept(schools[0], Calls.Create(learner, Other));
        ledger.Accept(learner, Calls.Grant(learner, schools[1], AccessBits.Read));
        Decide(new ChangeVerbs { Join = { Pair(Calls.Verb, Other) } });

        Assert.That(RightsOf(Calls.Verb), Is.EqualTo(AccessBits.Read));
        Assert.That(RightsOf(Other), Is.EqualTo(AccessBits.None));
    }

    [TestCaseSource(nameof(Malformed))]
    public void What_is_no_change_never_reaches_a_block(string what, ChangeVerbs change)
    {
        TransactionBody body = TestTransaction.Body(1, ledger.TimeMs + 1_000, [schools[0]], [Propose(change)]);

        Assert.That(TestTransaction.Read(body, ledger.ChainId).IsRead, Is.False, what);
    }

    private static IEnumerable<TestCaseData> Malformed()
    {
        VerbPair pair = Pair(Calls.Verb, Other);
        yield return Case("nothing at all", new ChangeVerbs());
        yield return Case("a code of the standard table", Add(1_999, New));
        yield return Case("a code of five digits", Add(0x1_0000, New));
        yield return Case("no IRI", Add(2_000, "highlighted"));
        yield return Case("no label", Add(2_000, New, string.Empty));
        yield return Case("a label of 101 bytes", Add(2_000, New, new string('l', 101)));
        yield return Case("no vocabulary", new ChangeVerbs
        {
            Add = { new VerbEntry { Code = 2_000, Label = "Highlighted", Iri = New } },
        });
        yield return Case("one code twice", new ChangeVerbs { Add = { Add(2_000, New).Add, Add(2_000, Other).Add } });
        yield return Case("one IRI twice", new ChangeVerbs { Add = { Add(2_000, New).Add, Add(2_001, New).Add } });
        yield return Case("one pair twice", new ChangeVerbs { Join = { pair }, Withdraw = { pair } });
        yield return Case("an IRI with itself", new ChangeVerbs { Join = { new VerbPair { Iri = New, Other = New } } });
        yield return Case("a pair in the wrong order", new ChangeVerbs
        {
            Join = { new VerbPair { Iri = pair.Other, Other = pair.Iri } },
        });
        yield return Case("half a pair", new ChangeVerbs { Join = { new VerbPair { Iri = New } } });
        ChangeVerbs many = new();
        many.Add.AddRange(Enumerable.Range(0, VerbLimits.ChangesMax + 1)
            .SelectMany(place => Add((uint)(2_000 + place), $"{New}/{place}").Add));
        yield return Case("65 changes", many);
    }

    private static TestCaseData Case(string what, ChangeVerbs change) =>
        new TestCaseData(what, change).SetArgDisplayNames(what);

    private static ChangeVerbs Add(uint code, string iri, string label = "Highlighted") => new()
    {
        Add = { new VerbEntry { Code = code, Vocabulary = "bookroll", Label = label, Iri = iri } },
    };

    private static VerbPair Pair(string one, string other) => string.CompareOrdinal(one, other) < 0
        ? new VerbPair { Iri = one, Other = other }
        : new VerbPair { Iri = other, Other = one };

    private static Operation Propose(ChangeVerbs change) => Calls.Propose(new Measure { Verbs = change });

    private AccessBits RightsOf(string verb) => AccessRights.Of(
        ledger.State, learner.Address, verb, schools[1].Address, ledger.TimeMs).Bits;

    private void Decide(ChangeVerbs change)
    {
        ulong number = ledger.Accept(schools[0], Propose(change)).Number;
        foreach (TestParty voter in schools[1..3])
        {
            ledger.Accept(voter, Calls.VoteOn(number));
        }

        Assert.That(ledger.State.Measure(number)!.WithoutEffect, Is.EqualTo(ResultCode.Unspecified));
    }

    // Whoever has proposed it has voted already.
    private void Approve(ulong measure)
    {
        foreach (TestParty voter in schools.Where((_, place) => (ulong)place + 1 != measure).Take(2))
        {
            ledger.Accept(voter, Calls.VoteOn(measure));
        }
    }
}
