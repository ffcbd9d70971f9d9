using System.Collections.Concurrent;
using Ledger.Client.Keys;
using Ledger.Primitives;

namespace Ledger.BitFlips;

/// <summary>
/// Verifies each signature once: the same store is inspected thousands of times, and the same bytes give the same
/// answer.
/// </summary>
public sealed class RememberingVerifier : ISignatureVerifier
{
    private readonly ConcurrentDictionary<(PublicKeyBytes, Hash256, string), bool> answers = new();

    /// <inheritdoc/>
    public bool Verify(PublicKeyBytes key, Hash256 digest, ReadOnlySpan<byte> signature)
    {
        (PublicKeyBytes, Hash256, string) question = (key, digest, Convert.ToBase64String(signature));
        if (!answers.TryGetValue(question, out bool valid))
        {
            valid = Ed25519Verifier.Instance.Verify(key, digest, signature);
            answers[question] = valid;
        }

        return valid;
    }
}
