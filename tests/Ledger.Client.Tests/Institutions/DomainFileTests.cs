using System.Text;
using Ledger.Client.Institutions;
using Ledger.Client.Keys;
using Ledger.Client.Tests.Verification;
using Ledger.Client.Transactions;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;
using Microsoft.AspNetCore.Http;

namespace Ledger.Client.Tests.Institutions;

/// <summary>F05: an institution joins by its domain and a signed message; nothing makes it active but votes.</summary>
public sealed class DomainFileTests
{
    private const string Domain = "akita-u.example";

    private static readonly Hash256 Chain = TaggedHash.Of(Tags.Genesis, "domain"u8);

    private SigningKey key = null!;
    private SigningKey other = null!;

    [SetUp]
    public void MakeKeys()
    {
        key = SigningKey.FromSecret(Enumerable.Repeat((byte)7, 32).ToArray());
        other = SigningKey.FromSecret(Enumerable.Repeat((byte)8, 32).ToArray());
    }

    [TearDown]
    public void ForgetKeys()
    {
        key.Dispose();
        other.Dispose();
    }

    [Test]
    public async Task A_join_request_is_told_from_one_with_a_wrong_domain_or_signature_and_is_pending_at_most()
    {
        using SmallChain chain = new();
        Operation call = Operations.RegisterInstitution("Akita", Domain, InstitutionKind.LearningProvider);

        // A signature by another key than the one that the address derives from never reaches a block.
        PendingTransaction signed = TransactionBuilder.Signed(
            chain.ChainId, chain.Head.TimeUnixMs + 60_000, key.Address, key, call);
        byte[] forged = signed.ToSignedBytes();
        forged[^1] ^= 1;
        Assert.That(
            TransactionReader.Read(forged, chain.ChainId, Ed25519Verifier.Instance).Refusal,
            Is.EqualTo(TransactionRefusal.WrongSignature));

        // Nor does a domain that is none.
        Operation noDomain = Operations.RegisterInstitution("Akita", "Akita U", InstitutionKind.LearningProvider);
        Assert.That(
            TransactionReader.Read(
                TransactionBuilder.Signed(chain.ChainId, chain.Head.TimeUnixMs + 60_000, key.Address, key, noDomain)
                    .ToSignedBytes(),
                chain.ChainId,
                Ed25519Verifier.Instance).Refusal,
            Is.EqualTo(TransactionRefusal.Malformed));

        // One domain, one institution.
        chain.Decide([other], Operations.RegisterInstitution(
            "Imposter", "school1.example", InstitutionKind.LearningProvider));
        Assert.That(chain.LastCode, Is.EqualTo(ResultCode.DomainTaken));

        chain.Decide([key], call);
        Assert.That(chain.LastCode, Is.EqualTo(ResultCode.Accepted));
        Assert.That(chain.State.Institution(key.Address)!.Status, Is.EqualTo(InstitutionStatus.Pending));

        // What the domain serves shows whether the key's holder holds it, and makes nobody active.
        byte[] served = DomainFile.Create(chain.ChainId, Domain, key.Address, key).ToBytes();
        await using DomainServer server = await DomainServer.StartAsync(
            context => context.Response.Body.WriteAsync(served).AsTask());
        using DomainFetcher fetcher = server.Fetcher();
        byte[] fetched = await fetcher.FetchAsync(Domain, CancellationToken.None);
        Assert.That(
            DomainFile.Judge(fetched, chain.ChainId, Domain, key.Address, key.PublicKey),
            Is.EqualTo(DomainVerdict.Matches));
        chain.Decide([key], Operations.PublishEndpoint(EndpointKind.Api, "https://akita-u.example"));
        Assert.That(chain.LastCode, Is.EqualTo(ResultCode.NotAMember));
        Assert.That(chain.State.Institution(key.Address)!.Status, Is.EqualTo(InstitutionStatus.Pending));
    }

    [Test]
    public void Every_difference_has_its_own_verdict()
    {
        DomainFile file = DomainFile.Create(Chain, Domain, key.Address, key);
        Assert.That(Judge(file), Is.EqualTo(DomainVerdict.Matches));
        Assert.That(
            Judge(DomainFile.Create(TaggedHash.Of(Tags.Genesis, "other"u8), Domain, key.Address, key)),
            Is.EqualTo(DomainVerdict.OtherChain));
        Assert.That(
            Judge(DomainFile.Create(Chain, "north.example", key.Address, key)), Is.EqualTo(DomainVerdict.OtherDomain));
        Assert.That(
            Judge(DomainFile.Create(Chain, Domain, other.Address, other)), Is.EqualTo(DomainVerdict.OtherAddress));
        Assert.That(
            Judge(DomainFile.Create(Chain, Domain, key.Address, other)), Is.EqualTo(DomainVerdict.OtherKey));
        Assert.That(
            Judge(file with { Signature = other.Sign(DomainFile.DigestOf(Chain, Domain, key.Address)) }),
            Is.EqualTo(DomainVerdict.WrongSignature));
        Assert.That(Judge(file with { Signature = new byte[3] }), Is.EqualTo(DomainVerdict.WrongSignature));
    }

    [TestCase("")]
    [TestCase("<html></html>")]
    [TestCase("{}")]
    [TestCase("""{"chainId":"0","domain":"a.example","address":"0","publicKey":"0","signature":"0"}""")]
    [TestCase("""{"chainId":null,"domain":null,"address":null,"publicKey":null,"signature":null}""")]
    public void What_is_no_file_is_unreadable(string served) => Assert.That(
        DomainFile.Judge(Encoding.UTF8.GetBytes(served), Chain, Domain, key.Address, key.PublicKey),
        Is.EqualTo(DomainVerdict.Unreadable));

    [Test]
    public void Every_verdict_says_what_to_do() => Assert.That(
        Enum.GetValues<DomainVerdict>().Select(DomainVerdictText.Of), Is.Unique.And.All.Not.Empty);

    private DomainVerdict Judge(DomainFile file) =>
        DomainFile.Judge(file.ToBytes(), Chain, Domain, key.Address, key.PublicKey);
}
