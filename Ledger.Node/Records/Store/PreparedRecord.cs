namespace Ledger.Node.Records;

/// <summary>A record with all that is computed outside the writer's lock.</summary>
/// <param name="Intake">The record.</param>
/// <param name="Salt">Its fresh salt, 32 bytes.</param>
/// <param name="Commitment">Its commitment under that salt.</param>
/// <param name="HashedId">Its id under the locator key.</param>
internal sealed record PreparedRecord(IntakeRecord Intake, byte[] Salt, byte[] Commitment, byte[] HashedId);
