namespace Ledger.Node.Configuration;

/// <summary>Wrong use or configuration. The text is for the user and says what to do.</summary>
public sealed class ConfigurationException(string message, Exception? cause = null) : Exception(message, cause)
{
}
