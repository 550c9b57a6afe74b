using System.Text;

namespace SocialHub.EndToEnd.Faults;

public sealed class RequestNamesTests
{
    // As Azure.Data.Tables 12.13 sends it.
    private const string Transaction = """
        --batch_1f2e
        Content-Type: multipart/mixed; boundary=changeset_9a8b

        --changeset_9a8b
        Content-Type: application/http
        Content-Transfer-Encoding: binary

        POST http://127.0.0.1:10002/test1/Comments HTTP/1.1
        Accept: application/json; odata=minimalmetadata
        Content-Type: application/json

        {"PartitionKey":"ville","RowKey":"c.2x4mabcdefgh-0123456789abcdefghijklmno","text":"HTTP/1.1 500"}
        --changeset_9a8b
        Content-Type: application/http
        Content-Transfer-Encoding: binary

        PATCH http://127.0.0.1:10002/test1/Comments(PartitionKey='ville',RowKey='t.2x4mabcdefgh') HTTP/1.1
        If-Match: W/"datetime'2026-11-24T12%3A00%3A00.0000000Z'"
        Content-Type: application/json

        {"count":1}
        --changeset_9a8b
        Content-Type: application/http
        Content-Transfer-Encoding: binary

        DELETE http://127.0.0.1:10002/test1/Comments(PartitionKey='ville',RowKey='d.20261124120000.verdict.2x4mabcdefgh-0123.comment') HTTP/1.1
        If-Match: *

        --changeset_9a8b--

        --batch_1f2e--
        """;

    [Fact]
    public void A_transaction_is_named_by_all_of_its_operations() =>
        Assert.Equal("tables Comments batch[add c,upd t,del d:verdict]", Table("POST", "/test1/$batch", Transaction)!.Text);

    [Theory]
    [InlineData("POST", "/test1/Tables", "{\"TableName\":\"Comments\"}", false, "tables create Comments", false)]
    [InlineData("POST", "/test1/Publishing", "{\"PartitionKey\":\"publishing\",\"RowKey\":\"g\"}", false, "tables Publishing add g", false)]
    [InlineData("PATCH", "/test1/Publishing(PartitionKey='publishing',RowKey='d.20261124.01hx')", "{}", true, "tables Publishing upd d", true)]
    [InlineData("PUT", "/test1/Comments(PartitionKey='v',RowKey='d.20261124.card.2x4m.report')", "{}", true, "tables Comments upd d:card", true)]
    [InlineData("PUT", "/test1/Publishing(PartitionKey='publishing',RowKey='f.0a')", "{\"Decision\":\"None\"}", true, "tables Publishing upd f", false)]
    [InlineData("PUT", "/test1/Publishing(PartitionKey='publishing',RowKey='f.0a')", "{\"Decision\":\"Ask\"}", true, "tables Publishing upd f:decided", false)]
    [InlineData("PUT", "/test1/Comments(PartitionKey='v',RowKey='t.o%27%27brien')", "{}", true, "tables Comments upd t", false)]
    [InlineData("PATCH", "/test1/Settings(PartitionKey='s',RowKey='words')", "{}", false, "tables Settings put words", false)]
    [InlineData("PUT", "/test1/Settings(PartitionKey='s',RowKey='tick')", "{}", false, "tables Settings put tick", true)]
    [InlineData("POST", "/test1/Limits", "{\"PartitionKey\":\"20261124\",\"RowKey\":\"70kbsi8lm33nut36f5kbi29mk7\"}", false, "tables Limits add *", false)]
    [InlineData("DELETE", "/test1/Comments(PartitionKey='v',RowKey='s.2026112412.ab.cd')", "", true, "tables Comments del s", false)]
    public void A_write_to_one_row_is_named_by_the_rows_kind(string method, string path, string body, bool ifMatch, string name, bool clock) =>
        Assert.Equal(new RequestName(name, clock), TableNames.Of(method, path, Encoding.UTF8.GetBytes(body), ifMatch));

    [Theory]
    [InlineData("PUT", "/test1/comment-verdict", "", "queues create comment-verdict", false)]
    [InlineData("POST", "/test1/comment-verdict/messages", "?messagettl=86400", "queues comment-verdict put", false)]
    [InlineData("GET", "/test1/comment-verdict/messages", "?numofmessages=16", "queues comment-verdict receive", true)]
    [InlineData("PUT", "/test1/comment-verdict/messages/1-2", "?popreceipt=x", "queues comment-verdict renew", true)]
    [InlineData("DELETE", "/test1/comment-verdict/messages/1-2", "?popreceipt=x", "queues comment-verdict delete", true)]
    public void A_hint_is_a_point_and_the_pumps_own_pace_is_the_clocks(string method, string path, string query, string name, bool clock) =>
        Assert.Equal(new RequestName(name, clock), QueueNames.Of(method, path, query));

    [Theory]
    [InlineData("PUT", "/test1/snapshots", "?restype=container", "blobs create snapshots", false)]
    [InlineData("PUT", "/test1/media/ab12", "", "blobs media put", false)]
    [InlineData("PUT", "/test1/media/ab12", "?comp=metadata", "blobs media metadata", false)]
    [InlineData("PUT", "/test1/config/hub.last-good.json", "", "blobs config/hub.last-good.json put", false)]
    [InlineData("PUT", "/test1/standalone-timers/tick", "?comp=lease", "blobs standalone-timers lease", true)]
    [InlineData("DELETE", "/test1/media/ab12", "", "blobs media del", false)]
    public void A_blob_is_named_by_its_container(string method, string path, string query, string name, bool clock) =>
        Assert.Equal(new RequestName(name, clock), BlobNames.Of(method, path, query));

    [Theory]
    [InlineData("pds", "POST", "/xrpc/com.atproto.repo.putRecord", "pds putRecord", false)]
    [InlineData("pds", "POST", "/xrpc/com.atproto.server.createSession", "pds createSession", true)]
    [InlineData("mastodon", "POST", "/api/v1/statuses", "mastodon POST statuses", false)]
    [InlineData("mastodon", "DELETE", "/api/v1/statuses/115", "mastodon DELETE statuses", false)]
    [InlineData("webhook", "POST", "/workflows/cards", "webhook POST", false)]
    public void A_call_to_a_network_is_named_by_what_it_does(string service, string method, string path, string name, bool clock) =>
        Assert.Equal(new RequestName(name, clock), NetworkNames.Of(service, method, path));

    [Fact]
    public void Reading_is_no_point()
    {
        Assert.Null(Table("GET", "/test1/Comments()", ""));
        Assert.Null(QueueNames.Of("GET", "/test1/comment-verdict/messages", "?peekonly=true"));
        Assert.Null(BlobNames.Of("GET", "/test1/snapshots/une", ""));
        Assert.Null(NetworkNames.Of("pds", "GET", "/xrpc/com.atproto.repo.listRecords"));
    }

    private static RequestName? Table(string method, string path, string body) => TableNames.Of(method, path, Encoding.UTF8.GetBytes(body), ifMatch: false);
}
