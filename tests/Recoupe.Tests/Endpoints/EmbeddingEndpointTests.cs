using Recoupe.Endpoints;

namespace Recoupe.Tests.Endpoints;

public class EmbeddingEndpointTests
{
    [Theory]
    [InlineData("http://localhost:11434", "http://localhost:11434/v1/embeddings")]
    [InlineData("http://localhost:11434/", "http://localhost:11434/v1/embeddings")]
    [InlineData("http://localhost:11434/v1", "http://localhost:11434/v1/embeddings")]
    [InlineData("http://localhost:11434/v1/", "http://localhost:11434/v1/embeddings")]
    [InlineData("http://localhost:11434/v1/embeddings", "http://localhost:11434/v1/embeddings")]
    [InlineData("https://models.example.org/team/a", "https://models.example.org/team/a/v1/embeddings")]
    [InlineData("https://models.example.org/team/a/v1/", "https://models.example.org/team/a/v1/embeddings")]
    public void A_base_is_taken_however_users_write_it(string written, string address) =>
        Assert.Equal(address, EmbeddingEndpoint.Parse(written, out _)!.Name);

    [Theory]
    [InlineData("http://localhost:1", false)]
    [InlineData("http://ollama:11434", false)]
    [InlineData("http://gpu.local", false)]
    [InlineData("http://127.8.9.1", false)]
    [InlineData("http://10.0.0.4", false)]
    [InlineData("http://172.31.0.4", false)]
    [InlineData("http://192.168.1.4", false)]
    [InlineData("http://[::1]:8080", false)]
    [InlineData("http://[fd00::4]", false)]
    [InlineData("http://[fe80::4]", false)]
    [InlineData("http://[::ffff:10.0.0.4]", false)]
    [InlineData("https://models.example.org", false)]
    [InlineData("http://models.example.org", true)]
    [InlineData("http://localhost.example.org", true)]
    [InlineData("http://172.32.0.4", true)]
    [InlineData("http://8.8.8.8", true)]
    [InlineData("http://[2001:db8::1]", true)]
    [InlineData("http://[::ffff:8.8.8.8]", true)]
    public void Plain_http_is_open_to_others_unless_it_stays_in_the_own_network(string written, bool open) =>
        Assert.Equal(open, EmbeddingEndpoint.Parse(written, out _)!.IsOpen);
}
