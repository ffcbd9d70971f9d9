namespace Ledger.Node.Tests.Records.Connectors;

/// <summary>The process ends here.</summary>
internal sealed class CrashException : Exception;
