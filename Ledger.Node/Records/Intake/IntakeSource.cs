namespace Ledger.Node.Records;

/// <summary>Who brings statements, and how.</summary>
/// <param name="Authority">The name of the credential.</param>
/// <param name="Version">The version of xAPI that is spoken.</param>
/// <param name="MayDefine">What the statements tell of activities and agents becomes what the store knows.</param>
public sealed record IntakeSource(string Authority, XapiVersion Version, bool MayDefine);
