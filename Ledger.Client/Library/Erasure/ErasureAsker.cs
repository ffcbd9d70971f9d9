using System.Security.Cryptography;
using Google.Protobuf;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Verification;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Erasure;

/// <summary>
/// Asks holders of copies for their word that they hold none any more, and takes none that is not the answer: signed by
/// the holder's key as the ledger has it, on this chain, about these places, of a head at which the tombstones stand,
/// and given to this very question. Rule E-9 of <c>docs/erasure.md</c>.
/// </summary>
/// <param name="writer">Who wrote the records, and asks.</param>
/// <param name="trust">What the holder's key is proved from.</param>
public sealed class ErasureAsker(Address writer, TrustRoot trust)
{
    /// <summary>Bytes that make each question another one: nobody draws the same twice.</summary>
    public const int RandomBytes = 16;

    /// <summary>
    /// The holder's word. Throws <see cref="LedgerClientException"/> where it cannot be asked, gives none, or gives one
    /// that is no answer.
    /// </summary>
    /// <param name="ask">Asks the holder's node.</param>
    /// <param name="holder">Who holds copies of what, and from which block on it holds none.</param>
    /// <param name="cancellation">Ends the asking.</param>
    public async Task<ErasureWord> AskAsync(
        Func<AcknowledgementRequest, CancellationToken, Task<ErasureWord>> ask,
        ErasureHolder holder,
        CancellationToken cancellation)
    {
        AcknowledgementRequest request = new()
        {
            Places = holder.Places, Random = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(RandomBytes)),
        };
        ErasureWord word = await ask(request, cancellation).ConfigureAwait(false);
        string? problem = ProblemOf(word, holder);
        if (problem is null && ErasureWordBody.Parser.ParseFrom(word.Body).Random != request.Random)
        {
            problem = "It answers another question: it was given before.";
        }

        return problem is null ? word : throw new LedgerClientException(ClientFailure.NotVerified, problem);
    }

    /// <summary>
    /// Why a word, whenever it was given, is not this holder's about these places; null where it is.
    /// </summary>
    public string? ProblemOf(ErasureWord word, ErasureHolder holder)
    {
        VerificationReport report = new("erasure");
        if (ErasureCheck.Check(word, trust, report) is not { } body)
        {
            return report.Steps.First(static step => step.Verdict != Verdict.Passed).Sentence;
        }

        if (body.Holder != holder.Holder || !body.Writer.Span.SequenceEqual(writer.ToArray()))
        {
            return "It is another one's word, or about another writer's records.";
        }

        if (!body.Places.Equals(holder.Places))
        {
            return "It is about other records.";
        }

        return body.Height >= holder.ErasedHeight ? null : "It is of a head at which the records were not erased.";
    }
}
