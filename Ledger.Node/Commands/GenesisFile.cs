using Ledger.Contracts.Execution;
using Ledger.Node.Configuration;
using Ledger.Primitives;

namespace Ledger.Node.Commands;

/// <summary>Reads genesis documents and says what is wrong with them.</summary>
public static class GenesisFile
{
    private const int BytesMax = 64 * 1024;

    /// <summary>The bytes of a genesis document.</summary>
    /// <exception cref="ConfigurationException">It cannot be read.</exception>
    public static byte[] Read(string path)
    {
        try
        {
            return new FileInfo(path).Length <= BytesMax
                ? File.ReadAllBytes(path)
                : throw new ConfigurationException($"{path} is too long to be a genesis document.");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"The genesis document {path} cannot be read: {problem.Message}", problem);
        }
    }

    /// <summary>The chain id of a well-formed genesis document.</summary>
    /// <exception cref="ConfigurationException">It is not well formed.</exception>
    public static Hash256 Require(byte[] bytes)
    {
        try
        {
            return GenesisState.Build(bytes).ChainId;
        }
        catch (GenesisFormatException problem)
        {
            throw new ConfigurationException("Not a genesis document: " + problem.Message, problem);
        }
    }
}
