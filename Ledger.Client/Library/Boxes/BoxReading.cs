using Ledger.Client.Verification;
using Ledger.Contracts.Protos;

namespace Ledger.Client.Boxes;

/// <summary>What a box answered, and what the verification of it found.</summary>
/// <param name="Bundle">The records; they are worth what the report says.</param>
/// <param name="ProofFileBytes">The bundle as a proof file, for <c>verify</c>.</param>
/// <param name="Report">The verification.</param>
public sealed record BoxReading(RecordBundle Bundle, byte[] ProofFileBytes, VerificationReport Report);
