using Google.Protobuf;
using Ledger.Client.Protos;
using Ledger.Client.Records;
using Ledger.Contracts.Protos;

namespace Ledger.Client.Tests.Records;

/// <summary>Scores of which the ledger holds a commitment alone.</summary>
public sealed class SealedScoreTests
{
    [Test]
    public void An_opening_shows_the_score_that_was_committed_to_and_no_other()
    {
        PublicScore score = new() { Raw = 85_000, Max = 100_000, Success = true };
        ScoreOpening opening = SealedScore.Open(score);
        Primitives.Hash256 commitment = SealedScore.CommitmentOf(opening);

        Assert.That(SealedScore.Read(opening, commitment), Is.EqualTo(score));
        Assert.That(SealedScore.CommitmentOf(SealedScore.Open(score)), Is.Not.EqualTo(commitment), "Another salt.");
        ScoreOpening better = opening.Clone();
        better.Score = new PublicScore { Raw = 95_000, Max = 100_000, Success = true }.ToByteString();
        Assert.That(SealedScore.Read(better, commitment), Is.Null);
        ScoreOpening outside = opening.Clone();
        outside.Score = new PublicScore { Raw = 2, Max = 1 }.ToByteString();
        Assert.That(SealedScore.Read(outside, SealedScore.CommitmentOf(outside)), Is.Null);
        Assert.Throws<ArgumentException>(() => SealedScore.Open(new PublicScore { Raw = 2, Max = 1 }));
    }
}
