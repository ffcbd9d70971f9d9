using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Client.Verification;

/// <summary>Reads the key that a signed file proves for its signer.</summary>
internal static class SigningKeyEvidence
{
    /// <summary>
    /// The key, where the evidence is of an instance of this signer's keys that was open at its block; else null.
    /// </summary>
    public static PublicKeyBytes? KeyOf(StateEvidence evidence, Address signer)
    {
        StateKey key = new(evidence.Key.Memory);
        byte[] prefix = StateKeys.Prefix(StateKind.SigningKey, signer);
        return key.Raw.Length == prefix.Length + sizeof(ulong)
            && key.Raw.Span.StartsWith(prefix)
            && !StateValues.IsCounter(key)
            && CanonicalMessage.TryParse(KeyInstance.Parser, evidence.Value.Span, out KeyInstance? instance)
            && instance.Interval is { ToHeight: 0 }
            && PublicKeyBytes.TryRead(instance.PublicKey.Span, out PublicKeyBytes read)
                ? read
                : null;
    }
}
