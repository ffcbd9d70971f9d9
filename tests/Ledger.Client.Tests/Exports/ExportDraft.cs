using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Ledger.Client.Boxes;
using Ledger.Client.Exports;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Records;
using Ledger.Client.Tests.Verification;
using Ledger.Client.Verification;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Client.Tests.Exports;

/// <summary>
/// The parts of a genuine export of a small chain, which a test may change before they are written: the learner itself
/// then lies, and signs its lie.
/// </summary>
public sealed class ExportDraft
{
    private readonly SmallChain chain;

    /// <summary>Drafts a file about the learner of a chain on which these statements are anchored.</summary>
    internal ExportDraft(SmallChain chain, params string[] statements)
    {
        this.chain = chain;
        Head = new ExportHead
        {
            Version = ExportLimits.Version,
            ChainId = Field(chain.ChainId),
            Learners = { Field(chain.Learner.Address) },
            Maker = Field(chain.Learner.Address),
            MadeUnixMs = 1,
            Random = ByteString.CopyFrom(new byte[ExportMessages.RandomBytes]),
        };
        Parts =
        [
            new ExportPart { Head = Head },
            Key(StateKeys.SigningKeys(chain.Learner.Address).At(1)),
            .. States().Select(static list => new ExportPart { States = list }),
            new ExportPart { Receipt = chain.Receipt() },
            new ExportPart
            {
                Trail = new ExportedTrail
                {
                    Learner = Field(chain.Learner.Address),
                    Value = chain.Evidence(StateKeys.Trail(chain.Learner.Address)),
                },
            },
            Key(StateKeys.Institution(chain.School.Address)),
            Key(StateKeys.SigningKeys(chain.School.Address).At(1)),
            new ExportPart { Records = Answer(chain.Bundle(statements)) },
            .. Words().Select(word => new ExportPart { Word = Sign(word) }),
        ];
    }

    /// <summary>The head, which is the first part.</summary>
    public ExportHead Head { get; }

    /// <summary>The parts before the end.</summary>
    public List<ExportPart> Parts { get; }

    /// <summary>What the end names as missing.</summary>
    public List<MissingSchool> Missing { get; } = [];

    /// <summary>Who signs the end; the learner.</summary>
    public SigningKey? Signer { get; set; }

    /// <summary>The first part of a kind.</summary>
    public ExportPart First(ExportPart.ContentOneofCase kind) => Parts.First(part => part.ContentCase == kind);

    /// <summary>The file.</summary>
    public byte[] ToFile()
    {
        using MemoryStream stream = new();
        ExportWriter writer = new(stream, chain.ChainId);
        Parts.ForEach(writer.Write);
        writer.End(
            Missing, body => (Signer ?? chain.Learner).Sign(ExportMessages.EndDigest(chain.ChainId, body)));
        return stream.ToArray();
    }

    /// <summary>The file, verified.</summary>
    public VerificationReport Verify() => Verify(ToFile());

    /// <summary>A file, verified from the chain's genesis document.</summary>
    public VerificationReport Verify(byte[] file) => ExportCheck.Run(new MemoryStream(file), chain.Trust);

    /// <summary>A word, signed by the school, or by another key.</summary>
    public SchoolWord Sign(SchoolWordBody body, SigningKey? signer = null)
    {
        byte[] bytes = body.ToByteArray();
        return new SchoolWord
        {
            Body = ByteString.CopyFrom(bytes),
            Signature = ByteString.CopyFrom(
                (signer ?? chain.School).Sign(ExportMessages.WordDigest(chain.ChainId, bytes))),
        };
    }

    /// <summary>Changes the body of a word, which the school then signs again.</summary>
    public void ChangeWord(int place, Action<SchoolWordBody> change)
    {
        ExportPart[] words = [.. Parts.Where(static part => part.Word is not null)];
        SchoolWordBody body = SchoolWordBody.Parser.ParseFrom(words[place].Word.Body);
        change(body);
        words[place].Word = Sign(body);
    }

    /// <summary>Changes a bundle, which the box then signs again.</summary>
    public void ChangeBundle(Action<RecordBundle> change, Action<BoxRequestBody>? question = null)
    {
        ExportPart part = First(ExportPart.ContentOneofCase.Records);
        RecordBundle bundle = RecordBundle.Parser.ParseFrom(part.Records.Bundle);
        change(bundle);
        part.Records = Answer(bundle, question);
    }

    /// <summary>What the box answers, signed, to a question that the learner asks.</summary>
    public ExportedAnswer Answer(RecordBundle bundle, Action<BoxRequestBody>? question = null)
    {
        CallerIdentity learner = new(chain.Learner.Address, chain.Learner);
        BoxRequestBody asked = BoxRequestBody.Parser.ParseFrom(new BoxReader(learner, chain.Trust).Sign(
            new BoxQuery(chain.School.Address, chain.Learner.Address, SmallChain.Verb) { WithSuperseded = true }).Body);
        question?.Invoke(asked);
        byte[] request = asked.ToByteArray();
        byte[] bytes = bundle.ToByteArray();
        return new ExportedAnswer
        {
            Request = ByteString.CopyFrom(request),
            Bundle = ByteString.CopyFrom(bytes),
            Box = Field(chain.School.Address),
            Signature = ByteString.CopyFrom(chain.School.Sign(BoxMessages.AnswerDigest(
                chain.ChainId, BoxMessages.RequestDigest(chain.ChainId, request), bytes))),
        };
    }

    private IEnumerable<StateList> States()
    {
        Address learner = chain.Learner.Address;
        LlpcName llpc = new(learner, SmallChain.Verb);
        yield return List(StateKeys.Learner(learner));
        yield return List(StateKeys.UserIndex(learner));
        InstanceSeries entries = StateKeys.UserIndexEntries(llpc, chain.School.Address);
        yield return List(entries.Counter, entries.At(1));
        yield return List(StateKeys.Llpc(llpc));
        yield return List(StateKeys.RecordRange(llpc, chain.School.Address));
    }

    private StateList List(params StateKey[] keys)
    {
        StateEvidence first = chain.Evidence(keys[0]);
        StateList list = new()
        {
            Version = ProofVerifier.Version, Membership = first.Membership, Block = first.Block,
        };
        list.Keys.AddRange(keys.Select(chain.Evidence).Select(static one => new ProvedKey
        {
            Key = one.Key, Value = one.Value, Proof = one.Proof,
        }));
        return list;
    }

    private IEnumerable<SchoolWordBody> Words()
    {
        byte[] salt = new byte[RecordCommitment.SaltBytes];
        byte[] picture = [1, 2, 3, 4];
        ByteString digest = ByteString.CopyFrom(SHA256.HashData(picture));
        HeldItem[] items =
        [
            new HeldItem { Account = "https://b.example|jo" },
            new HeldItem { Name = new HeldName { Account = "https://b.example|jo", Name = "Jo" } },
            new HeldItem
            {
                Record = new HeldRecord
                {
                    Type = RecordTypeNames.Xapi,
                    Id = "00000000-0000-4000-8000-000000000001",
                    State = "stored",
                    Commitment = Field(RecordCommitment.Compute(
                        RecordType.XapiStatement, Encoding.UTF8.GetBytes(SmallChain.AnyStatement), salt)),
                    Content = ByteString.CopyFromUtf8(SmallChain.AnyStatement),
                    Salt = ByteString.CopyFrom(salt),
                },
            },
            new HeldItem
            {
                Attachment = new HeldAttachment
                {
                    Digest = digest, Length = 4, Content = ByteString.CopyFrom(picture[..3]),
                },
            },
            new HeldItem
            {
                Attachment = new HeldAttachment
                {
                    Digest = digest, Offset = 3, Length = 4, Content = ByteString.CopyFrom(picture[3..]),
                },
            },
        ];
        yield return Word(0, false, items[..3]);
        yield return Word(1, true, items[3..]);
    }

    private SchoolWordBody Word(uint number, bool isLast, HeldItem[] items) => new()
    {
        ChainId = Head.ChainId,
        Institution = Field(chain.School.Address),
        Learners = { Head.Learners },
        Random = Head.Random,
        Number = number,
        Last = isLast,
        Height = chain.Head.Height,
        SignedUnixMs = 2,
        Items = { items },
    };

    private ExportPart Key(StateKey key) => new() { Key = chain.Evidence(key) };

    private static ByteString Field(Address address) => ByteString.CopyFrom(address.ToArray());

    private static ByteString Field(Hash256 hash) => ByteString.CopyFrom(hash.ToArray());
}
