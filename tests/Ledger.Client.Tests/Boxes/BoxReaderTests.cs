using Google.Protobuf;
using Ledger.Client.Boxes;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Tests.Verification;
using Ledger.Client.Verification;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Tests.Boxes;

public sealed class BoxReaderTests
{
    private const string Statement =
        """{"id":"00000000-0000-4000-8000-000000000001","actor":{"mbox":"mailto:"""
        + """a@school.example"},"verb":{"id":"http:"""
        + """//adlnet.gov/"""
        + """expapi/verbs/completed"},"object":{"id":"http://school.example/"""
        + """unit/1"},"timestamp":"2024-05-01T10:00:00Z"}""";

    [Test]
    public void Answer_is_verified_and_saved_as_a_proof_file()
    {
        using SmallChain chain = new();
        chain.AnchorStatements(Statement);
        BoxReader reader = new(new CallerIdentity(chain.Learner.Address, chain.Learner), chain.Trust);
        BoxQuery query = new(chain.School.Address, chain.Learner.Address, SmallChain.Verb);
        BoxRequest request = reader.Sign(query);
        BoxAnswer answer = Answer(chain, request, chain.Bundle(Statement));

        BoxReading reading = reader.Check(query, request, answer, chain.School.PublicKey);

        Assert.That(reading.Report.Verdict, Is.EqualTo(Verdict.Passed));
        Assert.That(ProofVerifier.Verify(reading.ProofFileBytes, chain.Trust).Verdict, Is.EqualTo(Verdict.Passed));
        Assert.That(reading.Bundle.Writers[0].Records[0].Content.ToStringUtf8(), Is.EqualTo(Statement));
    }

    [Test]
    public void Request_is_signed_by_the_reader_and_bound_to_the_chain()
    {
        using SmallChain chain = new();
        BoxReader reader = new(new CallerIdentity(chain.Learner.Address, chain.Learner), chain.Trust);

        BoxRequest request = reader.Sign(new BoxQuery(chain.School.Address, chain.Learner.Address, SmallChain.Verb));

        Hash256 digest = BoxMessages.RequestDigest(chain.ChainId, request.Body.Span);
        Assert.That(
            Ed25519Verifier.Instance.Verify(chain.Learner.PublicKey, digest, request.Signature.Span), Is.True);
        Assert.That(
            CanonicalMessage.TryParse(BoxRequestBody.Parser, request.Body.Span, out BoxRequestBody? body), Is.True);
        Assert.That(body!.Random.Length, Is.EqualTo(16));
    }

    [Test]
    public void Answer_to_another_request_or_by_another_key_is_not_used()
    {
        using SmallChain chain = new();
        chain.AnchorStatements(Statement);
        BoxReader reader = new(new CallerIdentity(chain.Learner.Address, chain.Learner), chain.Trust);
        BoxQuery query = new(chain.School.Address, chain.Learner.Address, SmallChain.Verb);
        BoxRequest request = reader.Sign(query);
        BoxAnswer replayed = Answer(chain, reader.Sign(query), chain.Bundle(Statement));
        BoxAnswer honest = Answer(chain, request, chain.Bundle(Statement));
        RecordBundle ofAnother = chain.Bundle(Statement);
        ofAnother.Verbs[0].Verb = "http://adlnet.gov/expapi/verbs/failed";

        Refused(() => reader.Check(query, request, replayed, chain.School.PublicKey));
        Refused(() => reader.Check(query, request, honest, chain.Learner.PublicKey));
        Refused(() => reader.Check(query, request, Answer(chain, request, ofAnother), chain.School.PublicKey));
    }

    private static void Refused(Action read) =>
        Assert.That(Assert.Throws<LedgerClientException>(read)!.Kind, Is.EqualTo(ClientFailure.NotVerified));

    private static BoxAnswer Answer(SmallChain chain, BoxRequest request, RecordBundle bundle)
    {
        byte[] bytes = bundle.ToByteArray();
        Hash256 digest = BoxMessages.AnswerDigest(
            chain.ChainId, BoxMessages.RequestDigest(chain.ChainId, request.Body.Span), bytes);
        return new BoxAnswer
        {
            Bundle = ByteString.CopyFrom(bytes),
            Box = ByteString.CopyFrom(chain.School.Address.ToArray()),
            Signature = ByteString.CopyFrom(chain.School.Sign(digest)),
        };
    }
}
