using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;

namespace Ledger.Contracts.Tests.State;

/// <summary>What is not there is read as nothing.</summary>
[TestFixture]
public sealed class StateReaderTests
{
    private static readonly TestParty Ann = new("ann");

    [Test]
    public void An_empty_state_has_nobody_and_nothing() => Assert.Multiple(() =>
    {
        LedgerState empty = LedgerState.Empty;
        Assert.That(empty.Roll().Members, Is.Empty);
        Assert.That(empty.Institution(Ann.Address), Is.Null);
        Assert.That(empty.IsMember(Ann.Address), Is.False);
        Assert.That(empty.DomainOwner("a.example"), Is.Null);
        Assert.That(empty.SeatProposal(0), Is.Null);
        Assert.That(empty.SeatProposal(1), Is.Null);
        Assert.That(empty.SeatProposalCount(), Is.Zero);
        Assert.That(empty.ValidatorSet(0), Is.Null);
        Assert.That(empty.ValidatorSet(ulong.MaxValue), Is.Null);
        Assert.That(empty.Instances(StateKeys.SigningKeys(Ann.Address), KeyInstance.Parser), Is.Empty);
        Assert.That(empty.CurrentKey(Ann.Address), Is.Null);
        Assert.That(empty.CurrentEncryptionKey(Ann.Address), Is.Null);
        Assert.That(empty.Endpoint(Ann.Address, EndpointKind.Box), Is.Null);
        Assert.That(empty.VerbRegistry().Version, Is.Zero);
    });

    [Test]
    public void What_was_published_is_read()
    {
        TestLedger ledger = new(Ann);
        ledger.Accept(Ann, Calls.Endpoint("https://a.example:1", EndpointKind.Box));
        ledger.Accept(Ann, Calls.EncryptionKey(Ann));

        Assert.That(ledger.State.Endpoint(Ann.Address, EndpointKind.Box), Is.EqualTo("https://a.example:1"));
        Assert.That(ledger.State.CurrentEncryptionKey(Ann.Address), Is.EqualTo(Ann.Key));
        Assert.That(ledger.State.DomainOwner(Ann.Domain), Is.EqualTo(Ann.Address));
    }

    [Test]
    public void An_llpc_is_named_by_learner_and_exact_verb()
    {
        LlpcName name = new(Ann.Address, Calls.Verb);
        object same = new LlpcName(Ann.Address, Calls.Verb);

        Assert.That(name.Equals(same), Is.True);
        Assert.That(name.GetHashCode(), Is.EqualTo(same.GetHashCode()));
        Assert.That(name.Equals(new LlpcName(Ann.Address, Calls.Verb + "/")), Is.False);
        Assert.That(name.Equals(new LlpcName(new TestParty("ben").Address, Calls.Verb)), Is.False);
        Assert.That(name.Equals((object)"a name"), Is.False);
    }
}
