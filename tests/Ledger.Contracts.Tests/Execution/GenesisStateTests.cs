using Google.Protobuf;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;
using Ledger.Primitives;

namespace Ledger.Contracts.Tests.Execution;

[TestFixture]
public sealed class GenesisStateTests
{
    private readonly TestParty[] founders =
        [.. Enumerable.Range(1, 4).Select(number => new TestParty($"founder{number}"))];

    [Test]
    public void Founders_are_members_and_validators_from_the_first_block()
    {
        Genesis document = TestLedger.GenesisOf(founders);
        document.Founders[0].PeerEndpoint = "https://founder1.example.org:7000";
        document.Founders.Add(new Founder
        {
            Name = "vendor",
            Domain = "vendor.example.org",
            Kind = InstitutionKind.Organisation,
            IdentityKey = new TestParty("vendor").Key.ToField(),
        });
        GenesisState genesis = GenesisState.Build(document.ToByteArray());
        Assert.That(genesis.ChainId, Is.EqualTo(TaggedHash.Of(Tags.Genesis, document.ToByteArray())));
        Assert.That(genesis.Validators, Has.Count.EqualTo(4));
        Assert.That(genesis.Validators.Select(seat => seat.Address), Is.Ordered);
        Assert.That(genesis.State.Roll().Members, Has.Count.EqualTo(4));
        Assert.That(genesis.State.IsMember(new TestParty("vendor").Address), Is.True);
        Assert.That(
            genesis.State.Endpoint(founders[0].Address, EndpointKind.Peer),
            Is.EqualTo("https://founder1.example.org:7000"));
        Assert.That(genesis.State.CurrentKey(founders[1].Address), Is.EqualTo(founders[1].Key));
        Assert.That(genesis.TransactionRoot, Is.EqualTo(MerkleList.Root([])));
        Assert.That(StateTree.Empty.With(genesis.Changes).Root, Is.EqualTo(genesis.State.Root));
    }

    [Test]
    public void The_order_of_founders_changes_the_chain_but_not_the_state()
    {
        GenesisState first = GenesisState.Build(TestLedger.GenesisOf(founders).ToByteArray());
        GenesisState second = GenesisState.Build(TestLedger.GenesisOf([.. founders.Reverse()]).ToByteArray());
        Assert.That(second.ChainId, Is.Not.EqualTo(first.ChainId));
        Assert.That(second.State.Root, Is.EqualTo(first.State.Root));
    }

    [Test]
    public void Wrong_documents_are_refused_with_what_is_wrong()
    {
        Refuse("version", document => document.Version = 2);
        Refuse("chain's name", document => document.Name = "");
        Refuse("time", document => document.TimeUnixMs = 0);
        Refuse("founders", document => document.Founders.Clear());
        Refuse("founder's name", document => document.Founders[0].Name = "");
        Refuse("domain", document => document.Founders[0].Domain = "UPPER.org");
        Refuse("kind", document => document.Founders[0].Kind = InstitutionKind.Unspecified);
        Refuse("identity key", document => document.Founders[0].IdentityKey = ByteString.CopyFrom(new byte[31]));
        Refuse("vote key", document => document.Founders[0].VoteKey = ByteString.CopyFrom(new byte[31]));
        Refuse("identity key", document => document.Founders[0].IdentityKey = document.Founders[1].IdentityKey);
        Refuse("vote key", document => document.Founders[0].VoteKey = document.Founders[1].VoteKey);
        Refuse(
            "identity key as its vote key",
            document => document.Founders[0].VoteKey = document.Founders[0].IdentityKey);
        Refuse("domain", document => document.Founders[0].Domain = document.Founders[1].Domain);
        Refuse("organisation", document => document.Founders[0].Kind = InstitutionKind.Organisation);
        Refuse("endpoint", document => document.Founders[0].PeerEndpoint = "nowhere");
        Refuse("must have a vote key", document =>
        {
            foreach (Founder founder in document.Founders)
            {
                founder.VoteKey = ByteString.Empty;
            }
        });
    }

    [Test]
    public void Bytes_that_are_no_document_are_refused()
    {
        byte[] genuine = TestLedger.GenesisOf(founders).ToByteArray();
        Assert.That(() => GenesisState.Build([.. genuine, 0x78, 0x01]), Throws.TypeOf<GenesisFormatException>());
        Assert.That(() => GenesisState.Build(genuine.AsSpan(1)), Throws.TypeOf<GenesisFormatException>());
        Assert.That(() => GenesisState.Build([]), Throws.TypeOf<GenesisFormatException>());
    }

    private void Refuse(string words, Action<Genesis> change)
    {
        Genesis document = TestLedger.GenesisOf(founders);
        change(document);
        Assert.That(
            () => GenesisState.Build(document.ToByteArray()),
            Throws.TypeOf<GenesisFormatException>().With.Message.Contains(words));
    }
}
