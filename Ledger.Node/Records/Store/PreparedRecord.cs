namespace Ledger.Node.Records;

/// <summary>A record with all that is computed outside the writer's lock.</summary>
/// <param name="Intake">The record.</param>
/// <param name="Keys">By what it is found.</param>
/// <param name="Commitment">Its commitment under its fresh salt.</param>
/// <param name="HashedId">Its id under the locator key.</param>
/// <param name="Context">The row that its content is sealed for.</param>
/// <param name="Content">What is sealed, in clear.</param>
/// <param name="Sealed">The same under its actor's key.</param>
internal sealed record PreparedRecord(
    IntakeRecord Intake,
    RecordKeys Keys,
    byte[] Commitment,
    byte[] HashedId,
    byte[] Context,
    byte[] Content,
    byte[] Sealed);
