using Ledger.Client.Verification;
using Ledger.Contracts.Protos;

namespace Ledger.Client.Features;

/// <summary>What a box computed, and what the verification of it found.</summary>
/// <param name="Body">The features; null where their signature or their ranges do not verify.</param>
/// <param name="ProofFileBytes">The packet as a proof file, for <c>verify</c>.</param>
/// <param name="Report">The verification.</param>
public sealed record FeatureReading(FeatureBody? Body, byte[] ProofFileBytes, VerificationReport Report);
