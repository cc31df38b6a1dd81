package levee.logs;

/** Small logs of made-up connections, one for each format; all tell of the same five. */
final class SampleLogs {
    private static final String ZEEK_HEADER = """
        #separator \\x09
        #set_separator\t,
        #empty_field\t(empty)
        #unset_field\t-
        #path\tconn
        #open\t2024-01-01-00-00-00
        #fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tservice\tduration\torig_bytes\tresp_bytes\tconn_state\tlocal_orig\tlocal_resp\tmissed_bytes\thistory\torig_pkts\torig_ip_bytes\tresp_pkts\tresp_ip_bytes\ttunnel_parents
        #types\ttime\tstring\taddr\tport\taddr\tport\tenum\tstring\tinterval\tcount\tcount\tstring\tbool\tbool\tcount\tstring\tcount\tcount\tcount\tcount\tset[string]
        """;

    static final String ZEEK_TSV = ZEEK_HEADER + """
        1700000000.000001\tC1\t192.0.2.1\t40000\t198.51.100.7\t80\ttcp\thttp\t1.500000\t100\t900\tSF\tT\tF\t0\tShADadFf\t6\t420\t5\t1170\t(empty)
        1700000001.000000\tC2\t192.0.2.2\t40001\t198.51.100.7\t23\ttcp\t-\t-\t-\t-\tS0\tT\tF\t0\tS\t1\t60\t0\t0\t-
        1700000002.250000\tC3\t192.0.2.3\t5353\t198.51.100.53\t53\tudp\tdns\t0.010000\t40\t120\tSF\tT\tF\t0\tDd\t1\t68\t1\t148\t-
        1700000003.000000\tC4\t2001:db8::1\t128\t2001:db8::2\t129\ticmp\t-\t1.000000\t112\t112\tOTH\tT\tF\t0\t-\t2\t208\t2\t208\t-
        1700000004.000000\tC5\t192.0.2.4\t40002\t198.51.100.8\t443\ttcp\t-\t0.000100\t0\t0\tREJ\tT\tF\t0\tSr\t1\t60\t1\t40\t-
        #close\t2024-01-01-01-00-00
        """;

    static final String ZEEK_JSON = """
        {"ts":1700000000.000001,"uid":"C1","id.orig_h":"192.0.2.1","id.orig_p":40000,"id.resp_h":"198.51.100.7","id.resp_p":80,"proto":"tcp","service":"http","duration":1.5,"orig_bytes":100,"resp_bytes":900,"conn_state":"SF","local_orig":true,"history":"ShADadFf","orig_pkts":6,"orig_ip_bytes":420,"resp_pkts":5,"resp_ip_bytes":1170,"tunnel_parents":["a","b"]}
        {"_path":"conn","proto":"tcp","conn_state":"S0","history":"S","orig_pkts":1,"orig_ip_bytes":60,"resp_pkts":0,"resp_ip_bytes":0,"id.resp_p":23,"id.resp_h":"198.51.100.7","id.orig_p":40001,"id.orig_h":"192.0.2.2","ts":"2023-11-14T22:13:21.000000Z"}
        {"ts":1700000002.25,"extra":{"proto":"tcp","x":[{"y":"}\\"]"}]},"id.orig_h":"192.0.2.3","id.orig_p":5353,"id.resp_h":"198.51.100.53","id.resp_p":53,"proto":"udp","duration":1e-2,"orig_bytes":40,"resp_bytes":120,"conn_state":"SF","history":"Dd","orig_pkts":1,"orig_ip_bytes":68,"resp_pkts":1,"resp_ip_bytes":148}
        { "ts" : 1700000003.0 , "id.orig_h" : "2001:db8::1" , "id.orig_p" : 128 , "id.resp_h" : "2001:db8::2" , "id.resp_p" : 129 , "proto" : "icmp" , "duration" : 1.0 , "conn_state" : "OTH" , "service" : null , "history" : null , "orig_pkts" : 2 , "orig_ip_bytes" : 208 , "resp_pkts" : 2 , "resp_ip_bytes" : 208 }
        {"ts":1700000004.0,"id.orig_h":"192.0.2.4","id.orig_p":40002,"id.resp_h":"198.51.100.8","id.resp_p":443,"proto":"tcp","duration":0.0001,"orig_bytes":0,"resp_bytes":0,"conn_state":"REJ","history":"Sr","orig_pkts":1,"orig_ip_bytes":60,"resp_pkts":1,"resp_ip_bytes":40}
        """;

    static final String ZEEK_CSV = """
        ts,uid,id.orig_h,id.orig_p,id.resp_h,id.resp_p,proto,service,duration,orig_bytes,resp_bytes,conn_state,local_orig,local_resp,missed_bytes,history,orig_pkts,orig_ip_bytes,resp_pkts,resp_ip_bytes,tunnel_parents,label
        1700000000.000001,C1,192.0.2.1,40000,198.51.100.7,80,tcp,"http,ssl",1.500000,100,900,SF,,,0,ShADadFf,6,420,5,1170,(empty),benign
        1700000001.000000,"C""2",192.0.2.2,40001,198.51.100.7,23,tcp,,,,,S0,,,0,S,1,60,0,0,,benign
        "1700000002.250000",C3,"192.0.2.3","5353",198.51.100.53,53,"udp",dns,0.010000,40,120,SF,,,0,Dd,1,68,1,148,,benign
        1700000003.000000,C4,2001:db8::1,128,2001:db8::2,129,icmp,,1.000000,112,112,OTH,,,0,,2,208,2,208,,benign
        1700000004.000000,C5,192.0.2.4,40002,198.51.100.8,443,tcp,,0.000100,0,0,REJ,,,0,Sr,1,60,1,40,,"scan, perhaps"
        """;

    static final String ARGUS_CSV = """
        StartTime,Dur,Proto,SrcAddr,Sport,Dir,DstAddr,Dport,State,sTos,dTos,TotPkts,TotBytes,SrcBytes,SrcPkts,Label
        2023/11/14 22:13:20.000001,1.500000,tcp,192.0.2.1,40000,   ->,198.51.100.7,80,FSPA_FSPA,0,0,11,1590,420,6,flow=a
        2023/11/14 22:13:21.000000,0.000000,tcp,192.0.2.2,40001,   ->,198.51.100.7,23,S_,0,,1,60,60,1,flow=b
        2023/11/14 22:13:22.250000,0.010000,udp,192.0.2.3,5353,  <->,198.51.100.53,53,CON,0,0,2,216,68,1,flow=c
        2023/11/14 22:13:23.000000,1.000000,ipv6-icmp,2001:db8::1,128,  <->,2001:db8::2,,ECO,0,0,4,416,208,2,flow=d
        2023/11/14 22:13:24.000000,0.000100,tcp,192.0.2.4,40002,   ->,198.51.100.8,443,S_R,0,0,2,100,60,1,flow=e
        """;

    static final String SURICATA_EVE = """
        {"timestamp":"2023-11-14T22:14:21.500001+0000","flow_id":1,"event_type":"flow","src_ip":"192.0.2.1","src_port":40000,"dest_ip":"198.51.100.7","dest_port":80,"proto":"TCP","app_proto":"http","flow":{"pkts_toserver":6,"pkts_toclient":5,"bytes_toserver":420,"bytes_toclient":1170,"start":"2023-11-14T22:13:20.000001+0000","end":"2023-11-14T22:13:21.500001+0000","age":1,"state":"closed","reason":"timeout","alerted":false},"tcp":{"tcp_flags":"1b","tcp_flags_ts":"1b","tcp_flags_tc":"1b","syn":true}}
        {"timestamp":"2023-11-14T23:14:21+0100","flow_id":2,"event_type":"flow","src_ip":"192.0.2.2","src_port":40001,"dest_ip":"198.51.100.7","dest_port":23,"proto":"TCP","flow":{"pkts_toserver":1,"pkts_toclient":0,"bytes_toserver":60,"bytes_toclient":0,"start":"2023-11-14T23:13:21.000000+0100","end":"2023-11-14T23:13:21.000000+0100","state":"new"},"tcp":{"tcp_flags_ts":"02","tcp_flags_tc":"00"}}
        {"timestamp":"2023-11-14T22:13:22.260000+0000","flow_id":3,"event_type":"flow","src_ip":"192.0.2.3","src_port":5353,"dest_ip":"198.51.100.53","dest_port":53,"proto":"UDP","flow":{"pkts_toserver":1,"pkts_toclient":1,"bytes_toserver":68,"bytes_toclient":148,"start":"2023-11-14T22:13:22.250000Z","end":"2023-11-14T22:13:22.260000Z"}}
        {"timestamp":"2023-11-14T22:13:24+0000","flow_id":4,"event_type":"flow","src_ip":"2001:0db8:0000:0000:0000:0000:0000:0001","dest_ip":"2001:db8::2","proto":"IPv6-ICMP","icmp_type":128,"icmp_code":0,"response_icmp_type":129,"response_icmp_code":0,"flow":{"pkts_toserver":2,"pkts_toclient":2,"bytes_toserver":208,"bytes_toclient":208,"start":"2023-11-14T22:13:23.000000+0000","end":"2023-11-14T22:13:24.000000+0000"}}
        {"timestamp":"2023-11-14T22:13:24+0000","event_type":"stats","stats":{"uptime":8}}
        {"timestamp":"2023-11-14T22:13:25+0000","flow_id":5,"event_type":"flow","src_ip":"192.0.2.4","src_port":40002,"dest_ip":"198.51.100.8","dest_port":443,"proto":"TCP","flow":{"pkts_toserver":1,"pkts_toclient":1,"bytes_toserver":60,"bytes_toclient":40,"start":"2023-11-14T22:13:24.000000+0000","end":"2023-11-14T22:13:24.000100+0000","state":"closed"},"tcp":{"tcp_flags_ts":"02","tcp_flags_tc":"04"}}
        """;

    /** The same packets, but not whose they are of a connection. */
    static final String NFDUMP_CSV = """
        ts,te,td,sa,da,sp,dp,pr,flg,fwd,stos,ipkt,ibyt,opkt,obyt,in,out
        2023-11-14 22:13:20.000001,2023-11-14 22:13:21.500001,1.500,192.0.2.1,198.51.100.7,40000,80,TCP,...AP.SF,0,0,6,420,0,0,1,2
        2023-11-14 22:13:20.000001,2023-11-14 22:13:21.500001,1.500,   198.51.100.7,      192.0.2.1,   80,40000,TCP  ,...AP.SF,0,0,5,1170,0,0,2,1
        2023-11-14 22:13:21,2023-11-14 22:13:21,0.000,192.0.2.2,198.51.100.7,40001,23,6,0x02,0,0,1,60,0,0,1,2
        2023-11-14 22:13:22.250,2023-11-14 22:13:22.260,0.010,192.0.2.3,198.51.100.53,5353,53,UDP,........,0,0,1,68,1,148,1,2
        2023-11-14 22:13:23.000,2023-11-14 22:13:24.000,1.000,2001:db8::1,2001:db8::2,0,128.0,ICMP6,........,0,0,2,208,0,0,1,2
        """;

    private SampleLogs() {}

    static String of(LogFormat format) {
        return switch (format) {
            case ZEEK_TSV -> ZEEK_TSV;
            case ZEEK_JSON -> ZEEK_JSON;
            case ZEEK_CSV -> ZEEK_CSV;
            case ARGUS_CSV -> ARGUS_CSV;
            case SURICATA_EVE -> SURICATA_EVE;
            case NFDUMP_CSV -> NFDUMP_CSV;
        };
    }
}
