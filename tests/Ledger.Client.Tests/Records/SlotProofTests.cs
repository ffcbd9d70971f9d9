using System.Text;
using Ledger.Client.Records;
using Ledger.Primitives;

namespace Ledger.Client.Tests.Records;

public sealed class SlotProofTests
{
    private static IEnumerable<RecordVector> Vectors => RecordVectors.All;

    [TestCaseSource(nameof(Vectors))]
    public void EverySlotCanBeShownAlone(RecordVector vector)
    {
        Hash256 commitment = Golden(vector);
        foreach (string pointer in RecordCommitment.SlotPointers(vector.Type))
        {
            SlotProof proof = Prove(vector, pointer).Single();
            Assert.Multiple(() =>
            {
                Assert.That(proof.Verify(commitment), Is.True, pointer);
                Assert.That(pointer, Does.Contain(proof.Pointer));
            });
        }
    }

    [Test]
    public void AShownSlotTellsItsValue()
    {
        SlotProof proof = Prove(RecordVectors.Named("scored"), "/result/score/raw").Single();
        Assert.Multiple(() =>
        {
            Assert.That(Encoding.UTF8.GetString(proof.Value!.Value.Span), Is.EqualTo("50"));
            Assert.That(proof.Path, Has.Count.EqualTo(9));
        });
    }

    [Test]
    public void AnObjectWithSlotsIsShownAsAllOfThem()
    {
        RecordVector vector = RecordVectors.Named("scored");
        IReadOnlyList<SlotProof> proofs = Prove(vector, "/result", "/result/success", "/verb");
        Assert.Multiple(() =>
        {
            Assert.That(proofs, Has.Count.EqualTo(11));
            Assert.That(proofs.All(proof => proof.Verify(Golden(vector))), Is.True);
        });
    }

    [Test]
    public void ASlotUnderAnAbsentObjectIsShownByItsAbsence()
    {
        RecordVector vector = RecordVectors.Named("viewed");
        SlotProof proof = Prove(vector, "/result/score/raw").Single();
        Assert.Multiple(() =>
        {
            Assert.That(proof.Pointer, Is.EqualTo("/result"));
            Assert.That(proof.Value, Is.Null);
            Assert.That(proof.Verify(Golden(vector)), Is.True);
        });
    }

    [Test]
    public void ProofsThatWereTouchedDoNotVerify()
    {
        RecordVector vector = RecordVectors.Named("scored");
        Hash256 commitment = Golden(vector);
        SlotProof proof = Prove(vector, "/result/score/raw").Single();
        byte[] salt = proof.Salt.ToArray();
        salt[0] ^= 1;
        SlotProof[] touched =
        [
            proof with { Value = "51"u8.ToArray() },
            proof with { Value = "50.0"u8.ToArray() },
            proof with { Value = null },
            proof with { Salt = salt },
            proof with { Salt = ReadOnlyMemory<byte>.Empty },
            proof with { Pointer = "/result/score/min" },
            proof with { Pointer = "/result/score" },
            proof with { Pointer = "/no/such" },
            proof with { Type = RecordType.CaliperEvent },
            proof with { Type = (RecordType)9 },
            proof with { Path = [.. proof.Path.Skip(1)] },
            proof with { Path = [.. proof.Path.Reverse()] },
        ];
        Assert.Multiple(() =>
        {
            Assert.That(proof.Verify(commitment), Is.True);
            Assert.That(touched.Where(one => one.Verify(commitment)), Is.Empty);
        });
    }

    [Test]
    public void NoTwoRecordsShareAHiddenSlot()
    {
        RecordVector vector = RecordVectors.Named("viewed");
        SlotProof first = Prove(vector, "/verb").Single();
        IReadOnlyList<SlotProof> second = RecordCommitment.Prove(vector.Type, vector.Json, new byte[32], ["/verb"]);
        Assert.That(first.Path.Intersect(second[0].Path), Is.Empty);
    }

    [Test]
    public void APointerThatIsNoSlotIsWrongUse() =>
        Assert.Throws<ArgumentException>(() => Prove(RecordVectors.Named("viewed"), "/actor/mbox"));

    private static IReadOnlyList<SlotProof> Prove(RecordVector vector, params string[] pointers) =>
        RecordCommitment.Prove(vector.Type, vector.Json, vector.Salt, pointers);

    private static Hash256 Golden(RecordVector vector) => new(Convert.FromHexString(vector.Commitment));
}
